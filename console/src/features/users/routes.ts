/** The addresses of users: the list, a CSV to import, and one person. */
import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { lazyPage } from '../../ui/lazy-page';
import { listSearch } from '../../ui/list-state';
import { userSorts, userStates } from './queries';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/users',
  validateSearch: listSearch(userSorts, { state: userStates }),
  component: lazyPage(() => import('./list'), 'UserList'),
});

const importing = createRoute({
  getParentRoute: () => rootRoute,
  path: '/users/import',
  component: lazyPage(() => import('./import/import'), 'UserImport'),
});

const person = createRoute({
  getParentRoute: () => rootRoute,
  path: '/users/$userId',
  component: lazyPage(() => import('./person'), 'Person'),
});

export const userRoutes = [list, importing, person] as const;
