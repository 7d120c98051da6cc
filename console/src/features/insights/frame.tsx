/** What the pages of Insights stand in. */
import { Outlet } from '@tanstack/react-router';
import { SubNavigation } from '../../ui/sub-navigation';
import { tabs } from './tabs';

export const InsightsFrame = () => (
  <>
    <SubNavigation label="Insights" places={tabs} />
    <Outlet />
  </>
);
