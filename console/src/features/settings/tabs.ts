/** The pages of Settings, in their order. */
import type { SubPlace } from '../../ui/sub-navigation';

export const tabs: readonly SubPlace[] = [
  { label: 'Administrators', to: '/settings/administrators', needs: 'administer' },
  { label: 'API keys', to: '/settings/api-keys', needs: 'administer' },
  { label: 'Mail', to: '/settings/mail', needs: 'administer' },
  { label: 'Security', to: '/settings/security', needs: 'administer' },
];
