/** The tab *Plan*; the kind that is looked at stands in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { listSearch } from '../../../ui/list-state';
import { panelRoute } from '../panel-route';
import { stepKinds } from './step-kinds';

export const planRoute = createRoute({
  getParentRoute: () => panelRoute,
  path: 'plan',
  validateSearch: listSearch([], { kind: stepKinds }),
  component: lazyPage(() => import('./plan'), 'PlanTab'),
});
