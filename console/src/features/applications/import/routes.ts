/** The tab *Import*, and one import. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { panelRoute } from '../panel-route';
import { candidateSearch, itemSearch } from './queries';

export const importRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'import',
  validateSearch: candidateSearch,
  component: lazyRouteComponent(() => import('./import'), 'ImportTab'),
});

/** One import, running or done; the message about its end links here. */
export const importRunRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'import/$importId',
  validateSearch: itemSearch,
  component: lazyRouteComponent(() => import('./run'), 'ImportRun'),
});
