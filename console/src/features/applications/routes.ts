import { createRoute, redirect } from '@tanstack/react-router';
import { panelRoute } from './panel-route';
import { whyRoute } from './people/routes';
import { tabRoutes } from './tabs';

const first = createRoute({
  getParentRoute: () => panelRoute,
  path: '/',
  beforeLoad: ({ params }) =>
    redirect({ to: '/applications/$applicationId/general', params, replace: true, throw: true }),
});

export const applicationRoutes = [panelRoute.addChildren([first, ...tabRoutes]), whyRoute] as const;
