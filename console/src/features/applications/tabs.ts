/** The tabs of an application's panel, in their order. A tab is a folder beside this file with its route in `route.ts`. */
import { generalRoute } from './general/route';
import { logRoute } from './log/route';
import { linkedGroupsRoute, peopleRoute } from './people/routes';
import { ssoRoute } from './sso/route';

export const tabRoutes = [generalRoute, ssoRoute, peopleRoute, linkedGroupsRoute, logRoute] as const;

export const tabs = [
  { label: 'General Info', to: 'general' },
  { label: 'SSO', to: 'sso' },
  { label: 'Users', to: 'users' },
  { label: 'Log', to: 'log' },
] as const;
