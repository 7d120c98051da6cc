/** Which groups are bound to an application: their members get an account in it. */
import { Anchor, Checkbox, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMay } from '../../../app/session';
import type { Column } from '../../../ui/data-table';
import { LookOnly } from '../../../ui/gate';
import { useUrlList, type ListState } from '../../../ui/list-state';
import { Empty, Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { ServerTable } from '../../../ui/server-table';
import { StateBadge } from '../../../ui/state-badge';
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

const STANDINGS = {
  bound: { label: 'Bound', tone: 'good' },
  unbound: { label: 'Not bound', tone: 'quiet' },
  binding: { label: 'To be bound', tone: 'warn' },
  unbinding: { label: 'To be unbound', tone: 'bad' },
} as const;

/** What is, and what saving would make of it. */
function standingOf(group: GroupOfApplication, ticks: Ticks): keyof typeof STANDINGS {
  if (ticks.isChanged(group)) return group.bound ? 'unbinding' : 'binding';
  return group.bound ? 'bound' : 'unbound';
}

const columnsFor = (ticks: Ticks, mayChange: boolean): readonly Column<GroupOfApplication>[] => [
  {
    header: 'Group',
    sort: 'name',
    cell: (group) => <Name group={group} ticks={ticks} mayChange={mayChange} />,
  },
  { header: 'Description', wide: true, cell: ({ description }) => description },
  { header: 'Binding', cell: (group) => <StateBadge {...STANDINGS[standingOf(group, ticks)]} /> },
  { header: 'Members', sort: 'memberCount', align: 'end', cell: ({ memberCount }) => memberCount },
];

const BoundOnly = ({ list }: { readonly list: ListState }) => (
  <Checkbox
    label="Bound only"
    pb={8}
    checked={list.filters.show === 'bound'}
    onChange={({ currentTarget: { checked } }) =>
      list.change({ filters: { show: checked ? 'bound' : null } })
    }
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
            <LookOnly needs="directory" to="bind groups" />
            <ServerTable
              label="User Groups"
              noun="group"
              searches="Name of a group"
              list={list}
              query={query}
              columns={columnsFor(ticks, mayChange)}
              idOf={({ id }) => id}
              nameOf={({ name }) => name}
              filters={<BoundOnly list={list} />}
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
