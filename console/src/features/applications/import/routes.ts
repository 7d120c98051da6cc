/** The tab *Import*, and one import. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { panelRoute } from '../panel-route';
import { candidateSearch, itemSearch } from './queries';

export const importRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'import',
  validateSearch: candidateSearch,
  component: lazyPage(() => import('./import'), 'ImportTab'),
});

/** One import, running or done; the message about its end links here. */
export const importRunRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'import/$importId',
  validateSearch: itemSearch,
  component: lazyPage(() => import('./run'), 'ImportRun'),
});
