/** Every group of routes under the base of the API: a new file of routes is added here. */
import type { Routes } from '../http/routes.ts';
import { administratorRoutes } from './administrators.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { applicationRoutes } from './applications.ts';
import { attentionRoutes } from './attention.ts';
import { auditRoutes } from './audit.ts';
import { bindingRoutes } from './bindings.ts';
import { bulkRoutes } from './bulk.ts';
import { candidateRoutes } from './candidates.ts';
import { choiceRoutes } from './choices.ts';
import { connectionActionRoutes } from './connection-actions.ts';
import { connectorRoutes } from './connectors.ts';
import { consequenceRoutes } from './consequences.ts';
import { credentialRoutes } from './credentials.ts';
import { eventRoutes } from './events.ts';
import { firstStepRoutes } from './first-steps.ts';
import { groupApplicationRoutes } from './group-applications.ts';
import { groupConsequenceRoutes } from './group-consequences.ts';
import { groupRoutes } from './groups.ts';
import { holdRoutes } from './holds.ts';
import { identityManagementRoutes } from './identity-management.ts';
import { importReportRoutes } from './import-report.ts';
import { importRoutes } from './imports.ts';
import { insightRoutes } from './insights.ts';
import { linkedGroupRoutes } from './linked-groups.ts';
import { linkedUserRoutes } from './linked-users.ts';
import { mappingRoutes } from './mapping.ts';
import { meFactorRoutes } from './me-factors.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { planRoutes } from './plan.ts';
import { sessionRoutes } from './session.ts';
import { settingRoutes } from './settings.ts';
import { ssoCertificateRoutes } from './sso-certificates.ts';
import { ssoPersonRoutes } from './sso-person.ts';
import { ssoRoutes } from './sso.ts';
import { statusRoutes } from './status.ts';
import { streamRoutes } from './stream.ts';
import { syncRoutes } from './sync.ts';
import { userApplicationRoutes } from './user-applications.ts';
import { userRoutes } from './users.ts';

/** In the order in which the reference shows them. */
export const ROUTES: readonly Routes[] = [
  userRoutes,
  bulkRoutes,
  groupRoutes,
  memberRoutes,
  connectorRoutes,
  applicationRoutes,
  bindingRoutes,
  consequenceRoutes,
  groupConsequenceRoutes,
  ssoRoutes,
  ssoCertificateRoutes,
  ssoPersonRoutes,
  identityManagementRoutes,
  mappingRoutes,
  connectionActionRoutes,
  statusRoutes,
  planRoutes,
  syncRoutes,
  linkedUserRoutes,
  userApplicationRoutes,
  linkedGroupRoutes,
  groupApplicationRoutes,
  choiceRoutes,
  holdRoutes,
  candidateRoutes,
  importRoutes,
  importReportRoutes,
  attentionRoutes,
  firstStepRoutes,
  eventRoutes,
  insightRoutes,
  streamRoutes,
  administratorRoutes,
  apiKeyRoutes,
  settingRoutes,
  auditRoutes,
  sessionRoutes,
  meRoutes,
  meFactorRoutes,
  credentialRoutes,
];
