/** The tab *User Groups*; whether only bound ones are shown stands in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { listSearch } from '../../../ui/list-state';
import { groupSorts } from '../../groups/queries';
import { panelRoute } from '../panel-route';

export const bindingsRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'groups',
  validateSearch: listSearch(groupSorts, { show: ['bound'] }),
  component: lazyRouteComponent(() => import('./bindings'), 'Bindings'),
});
