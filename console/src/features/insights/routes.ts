/** The addresses of Insights. */
import { insightsRoute } from './frame-route';
import { tabRoutes } from './tabs';

export const insightRoutes = [insightsRoute.addChildren([...tabRoutes])] as const;
