/** The routes: each feature brings its own, and this file puts them together. */
import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { applicationRoutes } from '../features/applications/routes';
import { groupRoutes } from '../features/groups/routes';
import { insightRoutes } from '../features/insights/routes';
import { userRoutes } from '../features/users/routes';
import { PageLoading } from '../ui/page-state';
import { rootRoute } from './root-route';

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => redirect({ to: '/users', replace: true, throw: true }),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  ...userRoutes,
  ...groupRoutes,
  ...applicationRoutes,
  ...insightRoutes,
]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  defaultPreload: 'intent',
  defaultPendingComponent: PageLoading,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
