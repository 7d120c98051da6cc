/** The tabs of an application's panel, in their order. A tab is a folder beside this file with its route in `route.ts`. */
import { bindingsRoute } from './bindings/route';
import { generalRoute } from './general/route';
import { identityManagementRoute } from './identity-management/route';
import { planRoute } from './plan/route';

export const tabRoutes = [generalRoute, identityManagementRoute, bindingsRoute, planRoute] as const;

export const tabs = [
  { label: 'General Info', to: 'general' },
  { label: 'Identity Management', to: 'identity-management' },
  { label: 'User Groups', to: 'groups' },
  { label: 'Plan', to: 'plan' },
] as const;
