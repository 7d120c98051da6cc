/** The addresses of Settings. */
import { createRoute, redirect } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route';
import { lazyPage } from '../../ui/lazy-page';
import { listSearch } from '../../ui/list-state';
import { administratorSorts, apiKeySorts } from './queries';

const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyPage(() => import('./frame'), 'SettingsFrame'),
});

const first = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => redirect({ to: '/settings/administrators', replace: true, throw: true }),
});

const administrators = createRoute({
  getParentRoute: () => settings,
  path: 'administrators',
  validateSearch: listSearch(administratorSorts, {}),
  component: lazyPage(() => import('./administrators'), 'Administrators'),
});

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: 'api-keys',
  validateSearch: listSearch(apiKeySorts, {}),
  component: lazyPage(() => import('./api-keys'), 'ApiKeys'),
});

const mail = createRoute({
  getParentRoute: () => settings,
  path: 'mail',
  component: lazyPage(() => import('./mail'), 'Mail'),
});

const security = createRoute({
  getParentRoute: () => settings,
  path: 'security',
  component: lazyPage(() => import('./security'), 'Security'),
});

export const settingRoutes = [
  settings.addChildren([first, administrators, apiKeys, mail, security]),
] as const;
