/** The addresses of groups: the list, and one group. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { listSearch } from '../../ui/list-state';
import { groupSorts, memberSorts } from './queries';

const list = createRoute({
  getParentRoute: () => rootRoute,
  path: '/groups',
  validateSearch: listSearch(groupSorts, {}),
  component: lazyRouteComponent(() => import('./list'), 'GroupList'),
});

const group = createRoute({
  getParentRoute: () => rootRoute,
  path: '/groups/$groupId',
  // A group's page is its list of members.
  validateSearch: listSearch(memberSorts, {}),
  component: lazyRouteComponent(() => import('./group'), 'GroupPage'),
});

export const groupRoutes = [list, group] as const;
