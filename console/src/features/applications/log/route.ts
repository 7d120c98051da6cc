/** The tab *Log*; its filters stand in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { eventSearch } from '../../events/queries';
import { panelRoute } from '../panel-route';

export const logRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'log',
  validateSearch: eventSearch,
  component: lazyPage(() => import('./log'), 'Log'),
});
