/** The members of a group: searching, adding and removing them. */
import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session';
import { Address } from '../../ui/address';
import type { Column } from '../../ui/data-table';
import { useLocalList, useUrlList } from '../../ui/list-state';
import { notify } from '../../ui/notify';
import { Empty } from '../../ui/page-state';
import { Picker } from '../../ui/picker';
import { Section } from '../../ui/section';
import { ServerTable } from '../../ui/server-table';
import { StateBadge } from '../../ui/state-badge';
import { count, nameOfUser, USER_STATES } from '../../ui/words';
import { usersQuery, type User } from '../users/queries';
import { JoiningConsequences } from './joining';
import { changeMembers, membersQuery, type MemberSearch, type Group } from './queries';
import { useRemoval } from './removal';

const about: readonly Column<User>[] = [
  { header: 'User name', sort: 'username', cell: ({ username }) => <Address of={username} /> },
  { header: 'State', sort: 'state', cell: ({ state }) => <StateBadge {...USER_STATES[state]} /> },
];

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
  ...about,
];

const SEARCHES = 'Name, user name or email';

function AddMembers({ group, onClose }: { readonly group: Group; readonly onClose: () => void }) {
  const list = useLocalList();
  const add = async (ids: readonly string[]): Promise<void> => {
    const { added } = await changeMembers(group.id, { add: ids, remove: [] });
    notify(`${count(added, 'person', 'people')} joined ${group.name}.`);
  };
  return (
    <Picker
      title={`Add members to ${group.name}`}
      act={(number) => `Add ${count(number, 'member')}`}
      label="Users"
      noun="user"
      searches={SEARCHES}
      list={list}
      query={useQuery(usersQuery(list.query))}
      columns={[{ header: 'Name', cell: nameOfUser }, ...about]}
      idOf={({ id }) => id}
      nameOf={nameOfUser}
      empty={<Empty title="No users yet">Create them under Users.</Empty>}
      consequences={(ids) => <JoiningConsequences groupId={group.id} ids={ids} />}
      pick={add}
      onClose={onClose}
    />
  );
}

interface Props {
  readonly group: Group;
  readonly search: MemberSearch;
}

export function Members({ group, search }: Props) {
  const list = useUrlList();
  const mayChange = useMay()('directory');
  const [ids, change] = useState<ReadonlySet<string>>(new Set());
  const ask = useRemoval();
  const remove = () =>
    ask({ group, ids: [...ids], who: count(ids.size, 'member'), onRemoved: () => change(new Set()) });
  const [adding, { open, close }] = useDisclosure();
  const add = mayChange && (
    <Button variant="default" size="xs" onClick={open}>
      Add members
    </Button>
  );
  return (
    <Section title="Members" actions={add}>
      <ServerTable
        label="Members"
        noun="member"
        searches={SEARCHES}
        list={list}
        query={useQuery(membersQuery(group.id, search))}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={nameOfUser}
        {...(mayChange && { selection: { ids, change } })}
        selected={
          <Button size="xs" variant="default" onClick={remove}>
            Remove from the group
          </Button>
        }
        empty={
          <Empty title="No members yet" action={add}>
            Whoever joins gets an account in each application to which the group is bound.
          </Empty>
        }
      />
      {adding && <AddMembers group={group} onClose={close} />}
    </Section>
  );
}
