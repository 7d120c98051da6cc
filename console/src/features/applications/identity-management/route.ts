/** The tab *Identity Management*. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { panelRoute } from '../panel-route';

export const identityManagementRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'identity-management',
  component: lazyPage(() => import('./identity-management'), 'IdentityManagement'),
});
