/** How an account stands in the application, and the first thing that somebody has to know about it. */
import { StateBadge, ToldState } from '../../../ui/state-badge';
import { LINK_STATES, type Tone } from '../../../ui/words';
import type { Account } from './queries';

function standingOf({ state, managed, held, error, attention }: Account): { label: string; tone: Tone } {
  const { label, tone } = LINK_STATES[state];
  if (error !== null) return { label, tone: 'bad' };
  if (attention !== null || held) return { label, tone: 'warn' };
  return managed ? { label, tone } : { label: `${label}, not managed`, tone: 'quiet' };
}

interface Props {
  readonly account: Account;
}

export const Standing = ({ account }: Props) => <StateBadge {...standingOf(account)} />;

export const AccountState = ({ account }: Props) => (
  <ToldState
    {...standingOf(account)}
    lines={[account.why, ...account.notAccepted.map(({ sentence }) => sentence)]}
  />
);
