/** The audit trail; its filters stand in the address. */
import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../../ui/lazy-page';
import { insightsRoute } from '../frame-route';
import { auditSearch } from './queries';

export const auditRoute = createRoute({
  getParentRoute: () => insightsRoute,
  path: 'audit',
  validateSearch: auditSearch,
  component: lazyPage(() => import('./audit'), 'AuditTrail'),
});
