/** What each row of a CSV would do; the ones that cannot be used first. */
import { Text } from '@mantine/core';
import type { Schemas } from '../../../api/client';
import { DataTable, type Column } from '../../../ui/data-table';
import { StateBadge } from '../../../ui/state-badge';
import { count, type Tone } from '../../../ui/words';
import { rowErrorInWords } from './row-errors';

type Row = Schemas['RowResult'];

const OUTCOMES: Readonly<Record<Row['outcome'], { readonly label: string; readonly tone: Tone }>> = {
  created: { label: 'Create', tone: 'good' },
  updated: { label: 'Update', tone: 'good' },
  unchanged: { label: 'As it is', tone: 'quiet' },
  skipped: { label: 'Skip', tone: 'quiet' },
  failed: { label: 'Cannot be used', tone: 'bad' },
  notWritten: { label: 'Not written', tone: 'quiet' },
};

/** More rows than this are not looked at one by one. */
const SHOWN = 200;

const columns: readonly Column<Row>[] = [
  { header: 'User name', cell: ({ username }) => username ?? 'None' },
  { header: 'Line', align: 'end', cell: ({ line, row }) => line ?? row },
  { header: 'What happens', cell: ({ outcome }) => <StateBadge {...OUTCOMES[outcome]} /> },
  {
    header: 'Why',
    cell: ({ errors = [] }) => errors.map(rowErrorInWords).join(' '),
  },
];

const failedFirst = (rows: readonly Row[]): Row[] => {
  const failed = rows.filter(({ outcome }) => outcome === 'failed');
  return [...failed, ...rows.filter(({ outcome }) => outcome !== 'failed')];
};

export function ImportRows({ results }: { readonly results: readonly Row[] }) {
  const rows = failedFirst(results).slice(0, SHOWN);
  const more = results.length - rows.length;
  return (
    <>
      <DataTable label="Rows" rows={rows} columns={columns} idOf={({ row }) => String(row)} />
      {more > 0 && <Text c="dimmed">And {count(more, 'more row')}.</Text>}
    </>
  );
}
