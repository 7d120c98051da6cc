/** Which groups are bound to an application: their members get an account in it. */
import { Anchor, Checkbox, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMay } from '../../../app/session';
import type { Column } from '../../../ui/data-table';
import { useUrlList, type ListState } from '../../../ui/list-state';
import { Empty, Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { ServerTable } from '../../../ui/server-table';
import { applicationQuery } from '../queries';
import classes from './bindings.module.css';
import { PendingChange } from './consequences';
import { bindingsQuery, type GroupOfApplication } from './queries';
import { useTicks, type Ticks } from './ticks';

const route = getRouteApi('/applications/$applicationId/groups');

interface NameProps {
  readonly group: GroupOfApplication;
  readonly ticks: Ticks;
  readonly mayChange: boolean;
}

const Name = ({ group, ticks, mayChange }: NameProps) => (
  <span className={classes.name}>
    <Checkbox
      aria-label={`Bind ${group.name}`}
      checked={ticks.isTicked(group)}
      disabled={!mayChange}
      onChange={() => ticks.toggle(group)}
    />
    <Anchor component={Link} to={`/groups/${group.id}`} fw={500}>
      {group.name}
    </Anchor>
  </span>
);

/** What is, and what saving would make of it. */
const standing = (group: GroupOfApplication, ticks: Ticks): string => {
  if (ticks.isChanged(group)) return group.bound ? 'To be unbound' : 'To be bound';
  return group.bound ? 'Bound' : 'Not bound';
};

const columnsFor = (ticks: Ticks, mayChange: boolean): readonly Column<GroupOfApplication>[] => [
  {
    header: 'Group',
    sort: 'name',
    cell: (group) => <Name group={group} ticks={ticks} mayChange={mayChange} />,
  },
  { header: 'Description', wide: true, cell: ({ description }) => description },
  { header: 'Binding', cell: (group) => standing(group, ticks) },
  { header: 'Members', sort: 'memberCount', align: 'end', cell: ({ memberCount }) => memberCount },
];

const Which = ({ list }: { readonly list: ListState }) => (
  <SegmentedControl
    aria-label="Which groups"
    data={[
      { value: 'all', label: 'All groups' },
      { value: 'bound', label: 'Bound only' },
    ]}
    value={list.filters.show ?? 'all'}
    onChange={(show) => list.change({ filters: { show: show === 'bound' ? show : null } })}
  />
);

export function Bindings() {
  const { applicationId } = route.useParams();
  const list = useUrlList();
  const ticks = useTicks();
  const mayChange = useMay()('directory');
  const query = useQuery(bindingsQuery(applicationId, route.useSearch()));
  return (
    <Shown query={useQuery(applicationQuery(applicationId))}>
      {({ value: application }) => (
        <Section
          title="User Groups"
          about={`Members of a group that is ticked get an account in ${application.label}.`}
        >
          <Stack>
            <ServerTable
              label="User Groups"
              noun="group"
              searches="Name of a group"
              list={list}
              query={query}
              columns={columnsFor(ticks, mayChange)}
              idOf={({ id }) => id}
              nameOf={({ name }) => name}
              filters={<Which list={list} />}
              empty={
                <Empty
                  title="No groups yet"
                  action={
                    <Anchor component={Link} to="/groups">
                      To the groups
                    </Anchor>
                  }
                >
                  Create a group first, and tick it here.
                </Empty>
              }
            />
            {ticks.change && (
              <PendingChange application={application} change={ticks.change} discard={ticks.discard} />
            )}
          </Stack>
        </Section>
      )}
    </Shown>
  );
}
