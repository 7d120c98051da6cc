/** The columns of operations, in lists of every kind. */
import { Anchor } from '@mantine/core';
import type { Column } from '../../ui/data-table';
import { StateBadge } from '../../ui/state-badge';
import { When } from '../../ui/when';
import { OUTCOMES } from '../../ui/words';
import type { LoggedEvent } from './queries';

export const eventColumns = (open: (event: LoggedEvent) => void): readonly Column<LoggedEvent>[] => [
  {
    header: 'What',
    cell: (event) => (
      <Anchor component="button" type="button" ta="start" onClick={() => open(event)}>
        {event.sentence}
      </Anchor>
    ),
  },
  { header: 'Outcome', cell: ({ outcome }) => <StateBadge {...OUTCOMES[outcome]} /> },
  { header: 'When', sort: 'at', cell: ({ at }) => <When at={at} /> },
];

export const applicationColumn: Column<LoggedEvent> = {
  header: 'Application',
  cell: ({ application }) => application ?? 'Deleted since',
};
