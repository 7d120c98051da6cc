/** The tab *SSO*. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { panelRoute } from '../panel-route';

export const ssoRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'sso',
  component: lazyRouteComponent(() => import('./sso'), 'Sso'),
});
