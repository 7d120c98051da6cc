/** The log of all applications; its filters stand in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { eventSearch } from '../../events/queries';
import { insightsRoute } from '../frame-route';

export const logRoute = createRoute({
  getParentRoute: () => insightsRoute,
  path: 'log',
  validateSearch: eventSearch,
  component: lazyPage(() => import('./log'), 'ProvisioningLog'),
});
