/** The routes: each feature brings its own, and this file puts them together. */
import { createRouter } from '@tanstack/react-router';
import { applicationRoutes } from '../features/applications/routes';
import { groupRoutes } from '../features/groups/routes';
import { homeRoutes } from '../features/home/routes';
import { insightRoutes } from '../features/insights/routes';
import { settingRoutes } from '../features/settings/routes';
import { userRoutes } from '../features/users/routes';
import { ConfirmProvider } from '../ui/confirm';
import { PageLoading } from '../ui/page-state';
import { rootRoute } from './root-route';

const routeTree = rootRoute.addChildren([
  ...homeRoutes,
  ...userRoutes,
  ...groupRoutes,
  ...applicationRoutes,
  ...insightRoutes,
  ...settingRoutes,
]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingComponent: PageLoading,
  InnerWrap: ConfirmProvider,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
