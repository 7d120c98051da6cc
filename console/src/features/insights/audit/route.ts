/** The audit trail; its filters stand in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insightsRoute } from '../frame-route';
import { auditSearch } from './queries';

export const auditRoute = createRoute({
  getParentRoute: () => insightsRoute,
  path: 'audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./audit'), 'AuditTrail'),
});
