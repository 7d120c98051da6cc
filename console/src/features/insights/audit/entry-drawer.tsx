/** One entry of the audit trail: who, from where, and what differs. */
import { Text } from '@mantine/core';
import { browserName } from '../../../../../src/portal/browser-name.ts';
import { DataTable } from '../../../ui/data-table';
import { Facts } from '../../../ui/facts';
import { RecordDrawer } from '../../../ui/record-drawer';
import { fullTime } from '../../../ui/time';
import { written } from '../../../ui/words';
import { factRows } from './fact-text';
import type { Entry } from './queries';

const Changes = ({ before, after }: Entry) => {
  const rows = factRows(before, after);
  if (rows.length === 0) return null;
  return (
    <DataTable
      label="What differs"
      rows={rows}
      idOf={({ field }) => field}
      columns={[
        { header: 'Field', cell: ({ field }) => <Text fw={500}>{field}</Text> },
        { header: 'Before', cell: (row) => row.before },
        { header: 'After', cell: (row) => row.after },
      ]}
    />
  );
};

const Told = ({ entry }: { readonly entry: Entry }) => (
  <>
    <Facts
      of={[
        ['When', fullTime(new Date(entry.at))],
        ['From', entry.origin.address],
        ['With', entry.origin.userAgent && browserName(entry.origin.userAgent)],
        ['Place in the trail', written(entry.seq)],
      ]}
    />
    <Changes {...entry} />
  </>
);

interface Props {
  /** Null where none is opened. */
  readonly entry: Entry | null;
  readonly onClose: () => void;
}

export const EntryDrawer = ({ entry, onClose }: Props) => (
  <RecordDrawer title="Entry of the audit trail" record={entry} onClose={onClose}>
    {(opened) => <Told entry={opened} />}
  </RecordDrawer>
);
