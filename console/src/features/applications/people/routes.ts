/** The tab *Users*: the people, the groups, and why one of them has an account. */
import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../../app/root-route';
import { lazyPage } from '../../../ui/lazy-page';
import { panelRoute } from '../panel-route';
import { accountSearch, linkedGroupSearch } from './queries';

export const peopleRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'users',
  validateSearch: accountSearch,
  component: lazyPage(() => import('./people'), 'People'),
});

export const linkedGroupsRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'users/groups',
  validateSearch: linkedGroupSearch,
  component: lazyPage(() => import('./linked-groups'), 'LinkedGroups'),
});

/** A page of its own: it is about one person, and reached from theirs as well. */
export const whyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/applications/$applicationId/users/$userId',
  component: lazyPage(() => import('./why/why'), 'Why'),
});
