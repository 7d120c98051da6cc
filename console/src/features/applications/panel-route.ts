/** The panel of one application: its tabs are the children of this route. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';

export const panelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/$applicationId',
  component: lazyRouteComponent(() => import('./panel'), 'Panel'),
});
