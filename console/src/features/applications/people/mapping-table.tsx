/** From what to what: the mapping applied to one user, beside what the application holds. */
import { Code, Text } from '@mantine/core';
import { DataTable, type Column } from '../../../ui/data-table';
import { capital } from '../../../ui/words';
import type { AccountInFull } from './queries';

type Row = AccountInFull['mapping'][number];

const NONE = (
  <Text span c="dimmed">
    Nothing
  </Text>
);

const shown = (value: Row['value']) => (value === null ? NONE : String(value));

const sent: Column<Row> = {
  header: 'Becomes',
  cell: ({ value, error }) =>
    error === null ? (
      shown(value)
    ) : (
      <Text size="sm" c="var(--bad)">
        {error}
      </Text>
    ),
};

const attribute: Column<Row> = { header: 'Attribute', cell: ({ label }) => capital(label) };

const columns: readonly Column<Row>[] = [
  attribute,
  { header: 'Made from', cell: ({ expression }) => <Code>{expression}</Code> },
  sent,
  { header: 'Held there', cell: ({ holds }) => shown(holds) },
];

interface Props {
  readonly rows: readonly Row[];
  /** Only what comes of it. */
  readonly brief?: boolean;
}

export const MappingTable = ({ rows, brief = false }: Props) => (
  <DataTable
    label="Mapping"
    rows={rows}
    columns={brief ? [attribute, sent] : columns}
    idOf={({ target }) => target}
  />
);
