/** What the pages of Settings stand in: only for those who may administer. */
import { Outlet } from '@tanstack/react-router';
import { Gate } from '../../ui/gate';
import { SubNavigation } from '../../ui/sub-navigation';
import { tabs } from './tabs';

export const SettingsFrame = () => (
  <Gate needs="administer" title="Settings">
    <SubNavigation label="Settings" places={tabs} />
    <Outlet />
  </Gate>
);
