/** One operation: when, what came of it, why it was done, and what was asked and answered. */
import { Facts } from '../../ui/facts';
import { RecordDrawer } from '../../ui/record-drawer';
import { StateBadge } from '../../ui/state-badge';
import { fullTime } from '../../ui/time';
import { OUTCOMES } from '../../ui/words';
import { duration } from './exchange-text';
import { Exchanges } from './exchanges';
import type { LoggedEvent } from './queries';

const Told = ({ event }: { readonly event: LoggedEvent }) => (
  <>
    <Facts
      of={[
        ['Outcome', <StateBadge key="outcome" {...OUTCOMES[event.outcome]} />],
        ['When', fullTime(new Date(event.at))],
        ['Took', event.durationMs === null ? null : duration(event.durationMs)],
        ['Attempt', event.attempt > 1 ? event.attempt : null],
        ['Follows from', event.cause && event.cause.sentence],
        ['Application', event.application ?? 'Deleted since'],
      ]}
    />
    <Exchanges of={event.exchanges} />
  </>
);

interface Props {
  /** Null where none is opened. */
  readonly event: LoggedEvent | null;
  readonly onClose: () => void;
}

export const EventDrawer = ({ event, onClose }: Props) => (
  <RecordDrawer title="Operation" record={event} onClose={onClose}>
    {(opened) => <Told event={opened} />}
  </RecordDrawer>
);
