/** The parts of Insights, in their order; each brings its route. */
import type { Permission } from '../../api/session';
import { auditRoute } from './audit/route';
import { logRoute } from './log/route';

export const tabRoutes = [logRoute, auditRoute] as const;

interface Tab {
  readonly label: string;
  readonly to: string;
  /** Without it the part is not shown. */
  readonly needs: Permission;
}

export const tabs: readonly [Tab, ...Tab[]] = [
  { label: 'Provisioning log', to: 'log', needs: 'read' },
  { label: 'Audit trail', to: 'audit', needs: 'administer' },
];
