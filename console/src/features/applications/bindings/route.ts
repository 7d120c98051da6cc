/** The tab *User Groups*; whether only bound ones are shown stands in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { listSearch } from '../../../ui/list-state';
import { groupSorts } from '../../groups/queries';
import { panelRoute } from '../panel-route';

export const bindingsRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'groups',
  validateSearch: listSearch(groupSorts, { show: ['bound'] }),
  component: lazyPage(() => import('./bindings'), 'Bindings'),
});
