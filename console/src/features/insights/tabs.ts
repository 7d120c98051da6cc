/** The pages of Insights, in their order. Each is a folder beside this file with its route in `route.ts`. */
import type { SubPlace } from '../../ui/sub-navigation';
import { auditRoute } from './audit/route';
import { logRoute } from './log/route';
import { overviewRoute } from './overview/route';

export const tabRoutes = [overviewRoute, logRoute, auditRoute] as const;

export const tabs: readonly SubPlace[] = [
  { label: 'Overview', to: '/insights', needs: 'read' },
  { label: 'Provisioning log', to: '/insights/log', needs: 'read' },
  { label: 'Audit trail', to: '/insights/audit', needs: 'administer' },
];
