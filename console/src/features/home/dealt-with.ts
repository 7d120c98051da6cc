/** Where each thing that needs an administrator is dealt with. */
import type { Need } from './queries';

interface Place {
  readonly to: string;
  readonly label: string;
}

const PLACES: Readonly<Record<Need['kind'], { readonly tab: string; readonly label: string }>> = {
  paused: { tab: 'identity-management', label: 'Look at the connection' },
  unread: { tab: 'identity-management', label: 'Look at the connection' },
  delayed: { tab: 'users', label: 'See the records' },
  held: { tab: 'plan', label: 'Approve or reject' },
  choice: { tab: 'users', label: 'Decide' },
  failed: { tab: 'users', label: 'See the records' },
  inventory: { tab: 'log', label: 'See the log' },
  certificate: { tab: 'sso', label: 'Make the next certificate' },
};

export function placeOf({ among, application, kind }: Need): Place {
  const { tab, label } = PLACES[kind];
  const list = tab === 'users' && among === 'group' ? 'users/groups' : tab;
  return { to: `/applications/${application.id}/${list}`, label };
}

/** Lists of records begin with those that need somebody. */
export const searchOf = ({ kind }: Need) => (PLACES[kind].tab === 'users' ? { trouble: 'yes' } : {});
