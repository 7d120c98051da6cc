import { createRoute, redirect } from '@tanstack/react-router';
import { insightsRoute } from './frame-route';
import { tabRoutes, tabs } from './tabs';

const first = createRoute({
  getParentRoute: () => insightsRoute,
  path: '/',
  beforeLoad: () => redirect({ to: `/insights/${tabs[0].to}`, replace: true, throw: true }),
});

export const insightRoutes = [insightsRoute.addChildren([first, ...tabRoutes])] as const;
