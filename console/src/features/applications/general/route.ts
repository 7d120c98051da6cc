/** The tab *General Info*. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { panelRoute } from '../panel-route';

export const generalRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'general',
  component: lazyPage(() => import('./general'), 'General'),
});
