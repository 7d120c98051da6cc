import { Outlet } from '@tanstack/react-router';
import { SubNavigation } from '../../ui/sub-navigation';
import { tabs } from './tabs';

export const SettingsFrame = () => (
  <>
    <SubNavigation label="Settings" places={tabs} />
    <Outlet />
  </>
);
