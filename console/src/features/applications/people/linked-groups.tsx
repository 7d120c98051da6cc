/** The groups of an application: how each stands there, and which members it refused. */
import { Anchor, List } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMay } from '../../../app/session';
import { Act } from '../../../ui/act';
import { actsColumn, type Column } from '../../../ui/data-table';
import { useUrlList } from '../../../ui/list-state';
import { Notices } from '../../../ui/notice';
import { Empty } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { ServerTable } from '../../../ui/server-table';
import { When } from '../../../ui/when';
import { GROUP_LINK_STATES } from '../../../ui/words';
import { statusQuery } from '../queries';
import { saidOf } from './account-state';
import { GroupState, isTroubled, membersInWords } from './group-state';
import { LinkFilters } from './link-filters';
import { NothingSent } from './nothing-sent';
import { linkedGroupsQuery, retryGroup, type LinkedGroup } from './queries';
import { PeopleOrGroups } from './switch';

const route = getRouteApi('/applications/$applicationId/users/groups');

function Members({ group: { members, refusedMembers } }: { readonly group: LinkedGroup }) {
  return (
    <div>
      {membersInWords(members)}
      {refusedMembers.length > 0 && (
        <List size="sm" c="dimmed">
          {refusedMembers.map(({ userId, name, error }) => (
            <List.Item key={userId}>
              {name}: {[error.message, ...saidOf(error)].join(' ')}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}

const columns: readonly Column<LinkedGroup>[] = [
  {
    header: 'Group',
    sort: 'name',
    cell: ({ bound, groupId, name }) =>
      bound ? (
        <Anchor component={Link} to={`/groups/${groupId}`} fw={500}>
          {name}
        </Anchor>
      ) : (
        name
      ),
  },
  { header: 'State', sort: 'state', cell: (group) => <GroupState group={group} /> },
  { header: 'Members', cell: (group) => <Members group={group} /> },
  {
    header: 'Changed',
    sort: 'updatedAt',
    wide: true,
    cell: ({ updatedAt }) => <When at={updatedAt} never="Not yet" />,
  },
];

const actsFor = (applicationId: string) =>
  actsColumn(
    (group: LinkedGroup) =>
      isTroubled(group) && (
        <Act label="Retry" about={group.name} run={() => retryGroup(applicationId, group.groupId)} />
      ),
  );

export function LinkedGroups() {
  const { applicationId } = route.useParams();
  const list = useUrlList();
  const query = useQuery(linkedGroupsQuery(applicationId, route.useSearch()));
  const drift = useQuery(statusQuery(applicationId)).data?.drift;
  const acts = useMay()('retry') ? [actsFor(applicationId)] : [];
  return (
    <Section
      title="Groups"
      about="The groups of the application, and how each stands there."
      actions={<PeopleOrGroups applicationId={applicationId} shows="groups" />}
    >
      <Notices>
        <NothingSent applicationId={applicationId} />
      </Notices>
      <ServerTable
        label="Groups"
        noun="group"
        searches="Name of a group"
        list={list}
        query={query}
        columns={[...columns, ...acts]}
        idOf={({ groupId }) => groupId}
        nameOf={({ name }) => name}
        filters={<LinkFilters list={list} words={GROUP_LINK_STATES} drift={drift?.groups} />}
        empty={<Empty title="No groups yet">Bind groups to this application under User Groups.</Empty>}
      />
    </Section>
  );
}
