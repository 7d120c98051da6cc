/** Configured Applications: each with how it stands now. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session';
import type { Column } from '../../ui/data-table';
import { useUrlList } from '../../ui/list-state';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/page-state';
import { ServerTable } from '../../ui/server-table';
import { StateBadge } from '../../ui/state-badge';
import { When } from '../../ui/when';
import { CONDITIONS } from '../../ui/words';
import { useDelete } from './delete';
import { ApplicationLogo } from './logo';
import { applicationsQuery, type ApplicationWithStatus } from './queries';

const route = getRouteApi('/applications');

const columns: readonly Column<ApplicationWithStatus>[] = [
  {
    header: 'Application',
    sort: 'label',
    cell: (application) => (
      <Group gap="sm" wrap="nowrap">
        <ApplicationLogo application={application} size={32} />
        <div>
          <Anchor component={Link} to={`/applications/${application.id}`} fw={500}>
            {application.label}
          </Anchor>
          {application.description !== null && (
            <Text size="sm" c="dimmed" lineClamp={1}>
              {application.description}
            </Text>
          )}
        </div>
      </Group>
    ),
  },
  {
    header: 'State',
    sort: 'state',
    cell: ({ status }) => <StateBadge {...CONDITIONS[status.condition]} />,
  },
  { header: 'Single sign-on', wide: true, cell: ({ sso }) => (sso.enabled ? 'Enabled' : 'Off') },
  { header: 'People', align: 'end', cell: ({ status }) => status.users.active },
  {
    header: 'Last change there',
    wide: true,
    cell: ({ status }) => <When at={status.lastChangeAt} />,
  },
];

const Add = () => (
  <Button component={Link} to="/applications/new">
    + Add New Application
  </Button>
);

/** Which are selected, on whatever page: with their labels, since what is deleted is named. */
function useSelected(rows: readonly ApplicationWithStatus[]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, ApplicationWithStatus>>(new Map());
  const change = (ids: ReadonlySet<string>) => {
    const known = [...chosen.values(), ...rows].filter(({ id }) => ids.has(id));
    setChosen(new Map(known.map((row) => [row.id, row])));
  };
  return { selection: { ids: new Set(chosen.keys()), change }, selected: [...chosen.values()] };
}

export function ApplicationList() {
  const mayChange = useMay()('administer');
  const query = useQuery(applicationsQuery(route.useSearch()));
  const { selection, selected } = useSelected(query.data?.items ?? []);
  const remove = useDelete(() => selection.change(new Set()));
  const add = mayChange && <Add />;
  return (
    <>
      <PageHeader title="SSO Applications" about="Configured Applications" actions={add} />
      <ServerTable
        label="Configured Applications"
        noun="application"
        searches="Label of an application"
        list={useUrlList()}
        query={query}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={({ label }) => label}
        {...(mayChange && { selection })}
        selected={
          <Button size="xs" variant="default" onClick={() => remove(selected)}>
            Delete
          </Button>
        }
        empty={
          <Empty title="No applications yet" action={add}>
            Choose one from the catalog. People sign in to it through Rollcall, and get their accounts there.
          </Empty>
        }
      />
    </>
  );
}
