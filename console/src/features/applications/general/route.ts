/** The tab *General Info*. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { panelRoute } from '../panel-route';

export const generalRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'general',
  component: lazyRouteComponent(() => import('./general'), 'General'),
});
