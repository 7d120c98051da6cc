/** The overview of Insights; the number of days stands in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { insightsRoute } from '../frame-route';

/** How many days the charts show. */
export const periods = [7, 30, 90] as const;

export type Days = (typeof periods)[number];

const isPeriod = (given: unknown): given is Days => periods.some((days) => days === given);

export const overviewRoute = createRoute({
  getParentRoute: () => insightsRoute,
  path: '/',
  validateSearch: ({ days }): { days?: Days } => (isPeriod(days) ? { days } : {}),
  component: lazyPage(() => import('./overview'), 'Overview'),
});
