/** Keys by which programs use the API. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useConfirm } from '../../ui/confirm';
import { actsColumn, type Column } from '../../ui/data-table';
import { useUrlList } from '../../ui/list-state';
import { notify } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/page-state';
import { ServerTable } from '../../ui/server-table';
import { When } from '../../ui/when';
import { NewApiKey } from './new-api-key';
import { apiKeysQuery, endApiKey, type ApiKey } from './queries';
import { RoleName } from './role-choice';

const route = getRouteApi('/settings/api-keys');

function useEnding() {
  const confirm = useConfirm();
  return (key: ApiKey) =>
    confirm({
      title: `End the key ${key.name}?`,
      body: (
        <>
          Whatever still uses it is refused from now on. It was last used:{' '}
          <When at={key.lastUsedAt} never="never" />. This cannot be undone.
        </>
      ),
      act: 'End key',
      danger: true,
      run: async () => {
        await endApiKey(key);
        notify(`The key ${key.name} has ended.`);
      },
    });
}

const columnsFor = (end: (key: ApiKey) => void): readonly Column<ApiKey>[] => [
  { header: 'Name', sort: 'name', cell: ({ name }) => name },
  { header: 'Role', cell: ({ role }) => <RoleName role={role} /> },
  { header: 'Made', sort: 'createdAt', wide: true, cell: ({ createdAt }) => <When at={createdAt} /> },
  { header: 'Last used', sort: 'lastUsedAt', cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
  { header: 'Ends', cell: ({ expiresAt }) => <When at={expiresAt} never="Not by itself" /> },
  actsColumn((key) => (
    <Button
      variant="subtle"
      color="red"
      size="compact-sm"
      aria-label={`End the key ${key.name}`}
      onClick={() => end(key)}
    >
      End
    </Button>
  )),
];

export function ApiKeys() {
  const list = useUrlList();
  const query = useQuery(apiKeysQuery(route.useSearch()));
  const [making, { open, close }] = useDisclosure();
  const make = <Button onClick={open}>Make an API key</Button>;
  return (
    <>
      <PageHeader
        title="API keys"
        about="By which programs use the API, each with a role of its own."
        actions={make}
      />
      <ServerTable
        label="API keys"
        noun="key"
        searches="Name of a key"
        list={list}
        query={query}
        columns={columnsFor(useEnding())}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        empty={<Empty title="No API keys" action={make} />}
      />
      {making && <NewApiKey onClose={close} />}
    </>
  );
}
