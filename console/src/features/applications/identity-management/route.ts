/** The tab *Identity Management*. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { panelRoute } from '../panel-route';

export const identityManagementRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'identity-management',
  component: lazyRouteComponent(() => import('./identity-management'), 'IdentityManagement'),
});
