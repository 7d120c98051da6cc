/** The tab *Log*; its filters stand in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { eventSearch } from '../../events/queries';
import { panelRoute } from '../panel-route';

export const logRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'log',
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import('./log'), 'Log'),
});
