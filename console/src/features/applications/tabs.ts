/** The tabs of an application's panel, in their order. A tab is a folder beside this file with its route in `route.ts`. */
import { bindingsRoute } from './bindings/route';
import { generalRoute } from './general/route';
import { identityManagementRoute } from './identity-management/route';
import { importRoute, importRunRoute } from './import/routes';
import { logRoute } from './log/route';
import { linkedGroupsRoute, peopleRoute } from './people/routes';
import { planRoute } from './plan/route';
import { ssoRoute } from './sso/route';

export const tabRoutes = [
  generalRoute,
  ssoRoute,
  identityManagementRoute,
  bindingsRoute,
  peopleRoute,
  linkedGroupsRoute,
  planRoute,
  importRoute,
  importRunRoute,
  logRoute,
] as const;

export const tabs = [
  { label: 'General Info', to: 'general' },
  { label: 'SSO', to: 'sso' },
  { label: 'Identity Management', to: 'identity-management' },
  { label: 'User Groups', to: 'groups' },
  { label: 'Users', to: 'users' },
  { label: 'Plan', to: 'plan' },
  { label: 'Import', to: 'import' },
  { label: 'Log', to: 'log' },
] as const;
