/** The pages in the menu, in their order. A page that is no entry here is reached from one that is. */
import IconApps from '@tabler/icons-react/icons/IconApps';
import IconChartBar from '@tabler/icons-react/icons/IconChartBar';
import IconHome from '@tabler/icons-react/icons/IconHome';
import IconSettings from '@tabler/icons-react/icons/IconSettings';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup';
import type { ComponentType } from 'react';
import type { Permission } from '../api/session';

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Without it the place is not shown. */
  readonly needs: Permission;
}

export const places: readonly Place[] = [
  { to: '/', label: 'Home', icon: IconHome, needs: 'read' },
  { to: '/users', label: 'Users', icon: IconUsers, needs: 'read' },
  { to: '/groups', label: 'User Groups', icon: IconUsersGroup, needs: 'read' },
  { to: '/applications', label: 'SSO Applications', icon: IconApps, needs: 'read' },
  { to: '/insights', label: 'Insights', icon: IconChartBar, needs: 'read' },
  { to: '/settings', label: 'Settings', icon: IconSettings, needs: 'administer' },
];
