/** The tab *SSO*. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { panelRoute } from '../panel-route';

export const ssoRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'sso',
  component: lazyPage(() => import('./sso'), 'Sso'),
});
