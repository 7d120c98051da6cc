/** A group's page: its members. */
import { Anchor, Button, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Tagged } from '../../api/client';
import { useMay } from '../../app/session';
import { useConfirm } from '../../ui/confirm';
import { notify } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { ShownPage } from '../../ui/page-state';
import { count } from '../../ui/words';
import { DeletionConsequences } from './consequences';
import { EditGroup } from './group-editor';
import { Members } from './members';
import { deleteGroup, groupQuery, type Group } from './queries';

const route = getRouteApi('/groups/$groupId');

function useRemove() {
  const confirm = useConfirm();
  const navigate = useNavigate();
  return (group: Group) =>
    confirm({
      title: `Delete ${group.name}?`,
      body: (
        <>
          <Text mb="xs">
            {count(group.memberCount, 'person leaves', 'people leave')} it; they stay in the directory.
          </Text>
          <DeletionConsequences group={group} />
          <Text mt="xs">This cannot be undone.</Text>
        </>
      ),
      act: 'Delete group',
      danger: true,
      run: async () => {
        await deleteGroup(group);
        notify(`The group ${group.name} was deleted.`);
        await navigate({ to: '/groups' });
      },
    });
}

function Actions({ group, edit }: { readonly group: Group; readonly edit: () => void }) {
  const remove = useRemove();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item c="var(--bad)" onClick={() => remove(group)}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button onClick={edit}>Edit</Button>
    </>
  );
}

function Content({ group }: { readonly group: Tagged<Group> }) {
  const mayChange = useMay()('directory');
  const [editing, { open, close }] = useDisclosure();
  const { value } = group;
  return (
    <>
      <PageHeader
        title={value.name}
        crumb={
          <Anchor component={Link} to="/groups">
            User Groups
          </Anchor>
        }
        about={value.description}
        actions={mayChange && <Actions group={value} edit={open} />}
      />
      <Members group={value} search={route.useSearch()} />
      {editing && <EditGroup onClose={close} group={group} />}
    </>
  );
}

export function GroupPage() {
  const { groupId } = route.useParams();
  return (
    <ShownPage query={useQuery(groupQuery(groupId))} noun="group">
      {(group) => <Content key={groupId} group={group} />}
    </ShownPage>
  );
}
