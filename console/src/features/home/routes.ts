/** The address of Home. */
import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { lazyPage } from '../../ui/lazy-page';

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyPage(() => import('./home'), 'Home'),
});

export const homeRoutes = [home] as const;
