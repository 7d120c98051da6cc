/** What the pages of Insights stand in: each is a child of this route. */
import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { lazyPage } from '../../ui/lazy-page';

export const insightsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/insights',
  component: lazyPage(() => import('./frame'), 'InsightsFrame'),
});
