/** How an account stands in the application, and the first thing that somebody has to know about it. */
import { StateBadge, ToldState } from '../../../ui/state-badge';
import { LINK_STATES, type Tone } from '../../../ui/words';
import type { Account, LinkedGroup } from './queries';

function standingOf({ state, managed, held, error, attention, drift }: Account): {
  label: string;
  tone: Tone;
} {
  const { label, tone } = LINK_STATES[state];
  if (error !== null) return { label, tone: 'bad' };
  if (attention !== null || held || drift !== null) return { label, tone: 'warn' };
  return managed ? { label, tone } : { label: `${label}, not managed`, tone: 'quiet' };
}

/** What the application keeps for itself, without that on which somebody has to decide, which is told as such. */
export const keptByItself = ({ notAccepted, attention }: Account): Account['notAccepted'] =>
  notAccepted.filter(
    ({ sent, kept }) => attention === null || sent !== attention.sent || kept !== attention.kept,
  );

/** What the application holds otherwise than the directory asks, in sentences. */
export const toldOf = ({
  notAccepted,
  drift,
}: Pick<Account | LinkedGroup, 'notAccepted' | 'drift'>): string[] =>
  [...notAccepted, ...(drift === null ? [] : [drift])].map(({ sentence }) => sentence);

/** What the application said where it refused something: our own words may only point to it. */
export const saidOf = (error: Account['error']): string[] =>
  error?.said === undefined ? [] : [`The application said: “${error.said}”`];

interface Props {
  readonly account: Account;
}

export const Standing = ({ account }: Props) => <StateBadge {...standingOf(account)} />;

/** Whoever was refused is told so first, and not that somebody has to decide. */
export function AccountState({ account }: Props) {
  const { why, error, drift } = account;
  const notAccepted = error === null ? keptByItself(account) : account.notAccepted;
  return (
    <ToldState {...standingOf(account)} lines={[why, ...saidOf(error), ...toldOf({ notAccepted, drift })]} />
  );
}
