/** The addresses of applications: the list, the catalog, the panel of one with its tabs, and why somebody has an account in it. */
import { createRoute, redirect } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { lazyPage } from '../../ui/lazy-page';
import { listSearch } from '../../ui/list-state';
import { panelRoute } from './panel-route';
import { whyRoute } from './people/routes';
import { applicationSorts } from './queries';
import { tabRoutes } from './tabs';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications',
  validateSearch: listSearch(applicationSorts, {}),
  component: lazyPage(() => import('./list'), 'ApplicationList'),
});

const catalog = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/new',
  validateSearch: listSearch([], {}),
  component: lazyPage(() => import('./catalog'), 'Catalog'),
});

const first = createRoute({
  getParentRoute: () => panelRoute,
  path: '/',
  beforeLoad: ({ params }) =>
    redirect({ to: '/applications/$applicationId/general', params, replace: true, throw: true }),
});

export const applicationRoutes = [
  list,
  catalog,
  panelRoute.addChildren([first, ...tabRoutes]),
  whyRoute,
] as const;
