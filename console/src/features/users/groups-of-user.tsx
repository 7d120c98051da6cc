/** The groups that somebody is in. */
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../app/session';
import { actsColumn, type Column } from '../../ui/data-table';
import { useLocalList } from '../../ui/list-state';
import { notify } from '../../ui/notify';
import { Empty } from '../../ui/page-state';
import { Picker } from '../../ui/picker';
import { Section } from '../../ui/section';
import { ServerTable } from '../../ui/server-table';
import { count, nameOfUser } from '../../ui/words';
import { JoiningConsequences } from '../groups/joining';
import { changeMembers, groupQuery, groupsQuery, type Group } from '../groups/queries';
import { useRemoval } from '../groups/removal';
import { groupsOfUserQuery, type User } from './queries';

const name: Column<Group> = {
  header: 'Group',
  cell: (group) => (
    <Anchor component={Link} to={`/groups/${group.id}`} fw={500}>
      {group.name}
    </Anchor>
  ),
};

const size: Column<Group> = { header: 'Members', align: 'end', cell: ({ memberCount }) => memberCount };

const leaving = (who: string, leave: (group: Group) => void) =>
  actsColumn((group: Group) => (
    <Button
      variant="subtle"
      size="compact-sm"
      aria-label={`Remove ${who} from ${group.name}`}
      onClick={() => leave(group)}
    >
      Remove
    </Button>
  ));

/** What would follow of joining one group, under its name. */
function Joining({ groupId, userId }: { readonly groupId: string; readonly userId: string }) {
  const { data } = useQuery(groupQuery(groupId));
  return (
    <div>
      <Text size="sm" fw={600}>
        {data?.value.name}
      </Text>
      <JoiningConsequences groupId={groupId} ids={[userId]} />
    </div>
  );
}

/** What would follow is said of so many groups; more would leave no room for the list. */
const EXPLAINED = 4;

/** What came of it; the list that is chosen from shows groups too in which somebody is already. */
function joinedInWords(who: string, joined: number, chosen: number): string {
  if (joined === 0) return `${who} was in ${chosen === 1 ? 'it' : 'all of them'} already.`;
  return `${who} is in ${count(joined, 'more group')}.`;
}

function AddToGroups({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const list = useLocalList();
  const add = async (ids: readonly string[]): Promise<void> => {
    let joined = 0;
    for (const id of ids) joined += (await changeMembers(id, { add: [user.id], remove: [] })).added;
    notify(joinedInWords(nameOfUser(user), joined, ids.length));
  };
  return (
    <Picker
      title={`Add ${nameOfUser(user)} to groups`}
      act={(number) => `Add to ${count(number, 'group')}`}
      label="Groups to join"
      noun="group"
      searches="Name of a group"
      list={list}
      query={useQuery(groupsQuery(list.query))}
      columns={[{ header: 'Group', cell: (group) => group.name }, size]}
      idOf={({ id }) => id}
      nameOf={(group) => group.name}
      empty={<Empty title="No groups yet">Create one under User Groups.</Empty>}
      consequences={(ids) => (
        <Stack gap="xs">
          {ids.slice(0, EXPLAINED).map((id) => (
            <Joining key={id} groupId={id} userId={user.id} />
          ))}
          {ids.length > EXPLAINED && (
            <Text size="sm" c="dimmed">
              And {count(ids.length - EXPLAINED, 'more group')}.
            </Text>
          )}
        </Stack>
      )}
      pick={add}
      onClose={onClose}
    />
  );
}

export function GroupsOfUser({ user }: { readonly user: User }) {
  const list = useLocalList();
  const query = useQuery(groupsOfUserQuery(user.id, list.query));
  const mayChange = useMay()('directory');
  const remove = useRemoval();
  const who = nameOfUser(user);
  const leave = (group: Group) => remove({ group, ids: [user.id], who });
  const [adding, { open, close }] = useDisclosure();
  const add = mayChange && (
    <Button variant="default" size="xs" onClick={open}>
      Add to groups
    </Button>
  );
  return (
    <Section title="Groups" actions={add}>
      <ServerTable
        label="Groups"
        noun="group"
        searches="Name of a group"
        list={list}
        query={query}
        columns={[name, size, ...(mayChange ? [leaving(who, leave)] : [])]}
        idOf={({ id }) => id}
        nameOf={(group) => group.name}
        empty={<Empty title="In no group">Groups decide which applications somebody has.</Empty>}
      />
      {adding && <AddToGroups user={user} onClose={close} />}
    </Section>
  );
}
