/** What protects this server, and the setting that changes each. */
import { Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { DataTable, type Column } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { Shown } from '../../ui/page-state';
import { securityQuery } from './queries';

type Safeguard = Schemas['SecuritySettings']['safeguards'][number];

const columns: readonly Column<Safeguard>[] = [
  { header: 'In force', cell: ({ sentence }) => sentence },
  {
    header: 'Changed by',
    cell: ({ setting }) =>
      setting === null ? (
        <Text component="span" c="dimmed">
          Nothing: it is always so
        </Text>
      ) : (
        <Code>{setting}</Code>
      ),
  },
];

export const Security = () => (
  <>
    <PageHeader
      title="Security"
      about="What is in force. It is changed where the server is started, and holds from the next start on."
    />
    <Shown query={useQuery(securityQuery)}>
      {({ safeguards }) => (
        <DataTable label="Safeguards" rows={safeguards} columns={columns} idOf={({ name }) => name} />
      )}
    </Shown>
  </>
);
