/** Who holds a role in Rollcall. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay, useSession } from '../../app/session';
import { Address } from '../../ui/address';
import { useConfirm } from '../../ui/confirm';
import { actsColumn, type Column } from '../../ui/data-table';
import { useUrlList } from '../../ui/list-state';
import { notify } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/page-state';
import { ServerTable } from '../../ui/server-table';
import { StateBadge } from '../../ui/state-badge';
import { When } from '../../ui/when';
import { USER_STATES } from '../../ui/words';
import { administratorsQuery, nameOfAdministrator, takeRole, type Administrator } from './queries';
import { ChangeRole, GiveRole } from './role-editor';
import { RoleName } from './role-choice';

const route = getRouteApi('/settings/administrators');

function useTaking() {
  const confirm = useConfirm();
  const { userId } = useSession();
  return (person: Administrator) => {
    const self = person.userId === userId;
    confirm({
      title: self ? 'Take your own role away?' : `Take the role of ${nameOfAdministrator(person)} away?`,
      body: self
        ? 'You can no longer open the console, until another administrator gives you a role.'
        : 'They can no longer open the console. They stay in the directory, with their groups and applications.',
      act: 'Take role away',
      danger: true,
      run: async () => {
        await takeRole(person.userId);
        notify(`${nameOfAdministrator(person)} holds no role any more.`);
      },
    });
  };
}

const LastOne = ({ whyLast }: Administrator) => (
  <Text size="sm" c="dimmed" maw="16rem" style={{ whiteSpace: 'normal' }}>
    {whyLast}
  </Text>
);

const columnsFor = (
  change: (person: Administrator) => void,
  take: (person: Administrator) => void,
): readonly Column<Administrator>[] => [
  {
    header: 'Name',
    sort: 'username',
    cell: (person) => (
      <Anchor component={Link} to={`/users/${person.userId}`} fw={500}>
        {nameOfAdministrator(person)}
      </Anchor>
    ),
  },
  { header: 'User name', wide: true, cell: ({ username }) => <Address of={username} /> },
  { header: 'Role', sort: 'role', cell: ({ role }) => <RoleName role={role} /> },
  { header: 'State', wide: true, cell: ({ state }) => <StateBadge {...USER_STATES[state]} /> },
  { header: 'Since', sort: 'givenAt', wide: true, cell: ({ givenAt }) => <When at={givenAt} /> },
  actsColumn((person) =>
    person.last ? (
      <LastOne {...person} />
    ) : (
      <Group gap={4} justify="end" wrap="nowrap">
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Change the role of ${nameOfAdministrator(person)}`}
          onClick={() => change(person)}
        >
          Change
        </Button>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={`Take away the role of ${nameOfAdministrator(person)}`}
          onClick={() => take(person)}
        >
          Take away
        </Button>
      </Group>
    ),
  ),
];

export function Administrators() {
  const list = useUrlList();
  const query = useQuery(administratorsQuery(route.useSearch()));
  const [giving, { open, close }] = useDisclosure();
  const [changing, change] = useState<Administrator | null>(null);
  const take = useTaking();
  const give = useMay()('administer') && <Button onClick={open}>Give a role</Button>;
  return (
    <>
      <PageHeader
        title="Administrators"
        about="Who may open this console, and what they may do in it."
        actions={give}
      />
      <ServerTable
        label="Administrators"
        noun="person"
        nouns="people"
        searches="Name, user name or email"
        list={list}
        query={query}
        columns={columnsFor(change, take)}
        idOf={({ userId }) => userId}
        nameOf={nameOfAdministrator}
        empty={<Empty title="Nobody holds a role" action={give} />}
      />
      {giving && <GiveRole onClose={close} />}
      {changing && <ChangeRole of={changing} onClose={() => change(null)} />}
    </>
  );
}
