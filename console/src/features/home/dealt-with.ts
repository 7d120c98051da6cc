/** Where each thing that needs an administrator is dealt with. */
import type { Need } from './queries';

interface Place {
  readonly to: string;
  readonly label: string;
}

const PLACES: Readonly<Record<Need['kind'], { readonly tab: string; readonly label: string }>> = {
  paused: { tab: 'identity-management', label: 'Look at the connection' },
  held: { tab: 'plan', label: 'Approve or reject' },
  choice: { tab: 'users', label: 'Decide' },
  failed: { tab: 'users', label: 'See the records' },
  inventory: { tab: 'log', label: 'See the log' },
  certificate: { tab: 'sso', label: 'Make the next certificate' },
};

export function placeOf({ kind, application }: Need): Place {
  const { tab, label } = PLACES[kind];
  return { to: `/applications/${application.id}/${tab}`, label };
}

/** Lists of records begin with those that need somebody. */
export const searchOf = ({ kind }: Need) =>
  kind === 'failed' || kind === 'choice' ? { trouble: 'yes' } : {};
