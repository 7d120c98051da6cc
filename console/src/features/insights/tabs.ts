/** The pages of Insights, in their order. Each is a folder beside this file with its route in `route.ts`. */
import type { SubPlace } from '../../ui/sub-navigation';
import { overviewRoute } from './overview/route';

export const tabRoutes = [overviewRoute] as const;

export const tabs: readonly SubPlace[] = [{ label: 'Overview', to: '/insights', needs: 'read' }];
