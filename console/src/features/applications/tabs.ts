/** The tabs of an application's panel, in their order. A tab is a folder beside this file with its route in `route.ts`. */
import { generalRoute } from './general/route';
import { ssoRoute } from './sso/route';

export const tabRoutes = [generalRoute, ssoRoute] as const;

export const tabs = [
  { label: 'General Info', to: 'general' },
  { label: 'SSO', to: 'sso' },
] as const;
