/** How a record stands in the application, and the first thing that somebody has to know about it. */
import { Text } from '@mantine/core';
import { StateBadge } from '../../../ui/state-badge';
import { LINK_STATES, type Tone } from '../../../ui/words';
import type { Account } from './queries';

/** What the application keeps of its own, in a line: `Keeps its own display name "Ada L."`. */
export const keptInWords = (notAccepted: Account['notAccepted']): string[] =>
  notAccepted.map(({ label, kept, sent }) =>
    kept === ''
      ? `Keeps no ${label}, although "${sent}" was sent.`
      : `Keeps its own ${label} "${kept}"${sent === '' ? '' : `, although "${sent}" was sent`}.`,
  );

function standingOf({ state, managed, held, error, attention }: Account): { label: string; tone: Tone } {
  const { label, tone } = LINK_STATES[state];
  if (error !== null) return { label, tone: 'bad' };
  if (attention !== null || held) return { label, tone: 'warn' };
  return managed ? { label, tone } : { label: `${label}, not managed`, tone: 'quiet' };
}

export const Standing = ({ account }: { readonly account: Account }) => (
  <StateBadge {...standingOf(account)} />
);

export const AccountState = ({ account }: { readonly account: Account }) => (
  <div>
    <Standing account={account} />
    {[account.why, ...keptInWords(account.notAccepted)].map((line) => (
      <Text key={line} size="sm" c="dimmed">
        {line}
      </Text>
    ))}
  </div>
);
