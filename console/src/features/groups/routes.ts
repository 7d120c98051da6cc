/** The addresses of groups: the list, and one group. */
import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { lazyPage } from '../../ui/lazy-page';
import { listSearch } from '../../ui/list-state';
import { groupSorts, memberSorts } from './queries';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/groups',
  validateSearch: listSearch(groupSorts, {}),
  component: lazyPage(() => import('./list'), 'GroupList'),
});

const group = createRoute({
  getParentRoute: () => rootRoute,
  path: '/groups/$groupId',
  // A group's page is its list of members.
  validateSearch: listSearch(memberSorts, {}),
  component: lazyPage(() => import('./group'), 'GroupPage'),
});

export const groupRoutes = [list, group] as const;
