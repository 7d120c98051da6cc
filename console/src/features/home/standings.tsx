/** How each application stands, live. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty, Shown } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { StateBadge } from '../../ui/state-badge';
import { When } from '../../ui/when';
import { CONDITIONS, count } from '../../ui/words';
import { standingsQuery, type Standing } from './queries';

const columns: readonly Column<Standing>[] = [
  {
    header: 'Application',
    cell: ({ id, label }) => (
      <Anchor component={Link} to={`/applications/${id}`} fw={500}>
        {label}
      </Anchor>
    ),
  },
  { header: 'State', cell: ({ status }) => <StateBadge {...CONDITIONS[status.condition]} /> },
  { header: 'Active users', align: 'end', cell: ({ status }) => status.users.active },
  { header: 'To do', align: 'end', cell: ({ status }) => status.pending },
  { header: 'Held', align: 'end', cell: ({ status }) => status.held },
  { header: 'Refused', align: 'end', cell: ({ status }) => status.failed },
  { header: 'Last change', wide: true, cell: ({ status }) => <When at={status.lastChangeAt} /> },
];

const All = ({ total }: { readonly total: number }) => (
  <Anchor component={Link} to="/applications" mt="sm" display="inline-block">
    All {count(total, 'application')}
  </Anchor>
);

export const Standings = () => (
  <Section title="Applications">
    <Shown query={useQuery(standingsQuery)}>
      {({ items, total }) =>
        items.length === 0 ? (
          <Empty title="No applications yet">Each application shows here how it stands, as it happens.</Empty>
        ) : (
          <>
            <DataTable label="Applications" rows={items} columns={columns} idOf={({ id }) => id} />
            {total > items.length && <All total={total} />}
          </>
        )
      }
    </Shown>
  </Section>
);
