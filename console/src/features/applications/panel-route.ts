/** The panel of one application: its tabs are the children of this route. */
import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { lazyPage } from '../../ui/lazy-page';

export const panelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/$applicationId',
  component: lazyPage(() => import('./panel'), 'Panel'),
});
