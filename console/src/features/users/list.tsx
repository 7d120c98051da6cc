/** The users of the directory. */
import { Anchor, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMay } from '../../app/session';
import { Address } from '../../ui/address';
import { Filter } from '../../ui/filter';
import { useUrlList } from '../../ui/list-state';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/page-state';
import type { Column } from '../../ui/data-table';
import { ServerTable } from '../../ui/server-table';
import { StateBadge } from '../../ui/state-badge';
import { When } from '../../ui/when';
import { nameOfUser, optionsOf, USER_STATES } from '../../ui/words';
import { usersQuery, type User } from './queries';
import { NewUser } from './user-editor';

const route = getRouteApi('/users');

const columns: readonly Column<User>[] = [
  {
    header: 'Name',
    sort: 'name',
    cell: (user) => (
      <Anchor component={Link} to={`/users/${user.id}`} fw={500}>
        <Address of={nameOfUser(user)} />
      </Anchor>
    ),
  },
  {
    header: 'User name',
    sort: 'username',
    cell: ({ username, email }) => (
      <div>
        <Address of={username} />
        {email !== null && email !== username && (
          <Text size="sm" c="dimmed">
            <Address of={email} />
          </Text>
        )}
      </div>
    ),
  },
  { header: 'State', sort: 'state', cell: ({ state }) => <StateBadge {...USER_STATES[state]} /> },
  { header: 'Created', sort: 'createdAt', wide: true, cell: ({ createdAt }) => <When at={createdAt} /> },
];

const Actions = ({ create }: { readonly create: () => void }) => (
  <>
    <Button variant="default" component={Link} to="/users/import">
      Import a CSV
    </Button>
    <Button onClick={create}>Create a user</Button>
  </>
);

export function UserList() {
  const list = useUrlList();
  const query = useQuery(usersQuery(route.useSearch()));
  const [creating, { open, close }] = useDisclosure();
  const navigate = useNavigate();
  const actions = useMay()('directory') && <Actions create={open} />;
  return (
    <>
      <PageHeader title="Users" actions={actions} />
      <ServerTable
        label="Users"
        noun="user"
        searches="Name, user name or email"
        list={list}
        query={query}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={nameOfUser}
        filters={
          <Filter list={list} name="state" label="State" any="Any state" options={optionsOf(USER_STATES)} />
        }
        empty={
          <Empty title="No users yet" action={actions}>
            Create the people of your organisation here, import them from a CSV, or let a program send them
            over the API.
          </Empty>
        }
      />
      {creating && <NewUser onClose={close} onMade={({ id }) => void navigate({ to: `/users/${id}` })} />}
    </>
  );
}
