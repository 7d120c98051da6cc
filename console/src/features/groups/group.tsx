/** A group's page: its members, and the applications that it is bound to. */
import { Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Tagged } from '../../api/client';
import { useMay } from '../../app/session';
import { useConfirm } from '../../ui/confirm';
import { notify } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { ShownPage } from '../../ui/page-state';
import { RecordActions } from '../../ui/record-actions';
import { useLeavePage } from '../../ui/use-leave-page';
import { count } from '../../ui/words';
import { ApplicationsOfGroup } from './applications-of-group';
import { DeletionConsequences } from './consequences';
import { EditGroup } from './group-editor';
import { Members } from './members';
import { deleteGroup, groupQuery, type Group } from './queries';

const route = getRouteApi('/groups/$groupId');

function useRemove() {
  const confirm = useConfirm();
  const leavePage = useLeavePage();
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
        await leavePage(`/groups/${group.id}`, '/groups');
      },
    });
}

function Content({ group }: { readonly group: Tagged<Group> }) {
  const mayChange = useMay()('directory');
  const remove = useRemove();
  const [editing, { open, close }] = useDisclosure();
  const { value } = group;
  return (
    <>
      <PageHeader
        title={value.name}
        crumb={{ to: '/groups', label: 'User Groups' }}
        about={value.description}
        actions={mayChange && <RecordActions edit={open} remove={() => remove(value)} />}
      />
      <Members group={value} search={route.useSearch()} />
      <ApplicationsOfGroup group={value} />
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
