/** How a group stands in an application, and how many of its members are there. */
import { ToldState } from '../../../ui/state-badge';
import { count, GROUP_LINK_STATES } from '../../../ui/words';
import { saidOf, toldOf } from './account-state';
import type { LinkedGroup } from './queries';

type Standing = Pick<LinkedGroup, 'state' | 'error' | 'members' | 'drift' | 'notAccepted' | 'why'>;

export const isTroubled = ({ error, members }: Pick<Standing, 'error' | 'members'>): boolean =>
  error !== null || members.refused > 0;

export function GroupState({ group }: { readonly group: Standing }) {
  const { label, tone } = GROUP_LINK_STATES[group.state];
  const quiet = group.drift === null ? tone : 'warn';
  return (
    <ToldState
      label={label}
      tone={isTroubled(group) ? 'bad' : quiet}
      lines={[group.why, ...saidOf(group.error), ...toldOf(group)]}
    />
  );
}

/** `3 of 4 members there, 1 refused` */
export const membersInWords = ({ accepted, directory, refused }: Standing['members']): string =>
  `${accepted} of ${count(directory, 'member')} there${refused > 0 ? `, ${refused} refused` : ''}`;
