/** The tabs of an application's panel, in their order. A tab is a folder beside this file with its route in `route.ts`. */
import { generalRoute } from './general/route';
import { logRoute } from './log/route';
import { linkedGroupsRoute, peopleRoute } from './people/routes';

export const tabRoutes = [generalRoute, peopleRoute, linkedGroupsRoute, logRoute] as const;

export const tabs = [
  { label: 'General Info', to: 'general' },
  { label: 'Users', to: 'users' },
  { label: 'Log', to: 'log' },
] as const;
