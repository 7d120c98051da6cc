/** The groups of the directory. */
import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMay } from '../../app/session';
import type { Column } from '../../ui/data-table';
import { useUrlList } from '../../ui/list-state';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/page-state';
import { ServerTable } from '../../ui/server-table';
import { When } from '../../ui/when';
import { NewGroup } from './group-editor';
import { groupsQuery, type Group } from './queries';

const route = getRouteApi('/groups');

const columns: readonly Column<Group>[] = [
  {
    header: 'Name',
    sort: 'name',
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/groups/${id}`} fw={500}>
        {name}
      </Anchor>
    ),
  },
  { header: 'Description', wide: true, cell: ({ description }) => description },
  { header: 'Members', sort: 'memberCount', align: 'end', cell: ({ memberCount }) => memberCount },
  { header: 'Created', sort: 'createdAt', wide: true, cell: ({ createdAt }) => <When at={createdAt} /> },
];

export function GroupList() {
  const list = useUrlList();
  const query = useQuery(groupsQuery(route.useSearch()));
  const [creating, { open, close }] = useDisclosure();
  const navigate = useNavigate();
  const create = useMay()('directory') && <Button onClick={open}>Create a group</Button>;
  return (
    <>
      <PageHeader title="User Groups" actions={create} />
      <ServerTable
        label="User Groups"
        noun="group"
        searches="Name of a group"
        list={list}
        query={query}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        empty={
          <Empty title="No groups yet" action={create}>
            A group is bound to applications, and its members get an account in each.
          </Empty>
        }
      />
      {creating && <NewGroup onClose={close} onMade={({ id }) => void navigate({ to: `/groups/${id}` })} />}
    </>
  );
}
