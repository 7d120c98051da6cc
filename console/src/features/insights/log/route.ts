/** The log of all applications; its filters stand in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { eventSearch } from '../../events/queries';
import { insightsRoute } from '../frame-route';

export const logRoute = createRoute({
  getParentRoute: () => insightsRoute,
  path: 'log',
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import('./log'), 'ProvisioningLog'),
});
