/** Which applications somebody has, why, and in what state they are there. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { actsColumn, DataTable, type Column } from '../../ui/data-table';
import { Empty, Shown } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { StateBadge } from '../../ui/state-badge';
import { LINK_STATES, nameOfUser } from '../../ui/words';
import { applicationsOfUserQuery, type ApplicationOfUser, type User } from './queries';

function StateThere({ application }: { readonly application: ApplicationOfUser }) {
  const state = LINK_STATES[application.state];
  return <StateBadge label={state.label} tone={application.error === null ? state.tone : 'bad'} />;
}

const columnsFor = (user: User): readonly Column<ApplicationOfUser>[] => [
  {
    header: 'Application',
    cell: ({ applicationId, label }) => (
      <Anchor component={Link} to={`/applications/${applicationId}`} fw={500}>
        {label}
      </Anchor>
    ),
  },
  { header: 'There', cell: (application) => <StateThere application={application} /> },
  { header: 'Why', cell: ({ why }) => why },
  actsColumn(({ applicationId, label }) => (
    <Anchor
      component={Link}
      to={`/applications/${applicationId}/users/${user.id}`}
      aria-label={`Why? ${nameOfUser(user)} in ${label}`}
    >
      Why?
    </Anchor>
  )),
];

export function ApplicationsOfUser({ user }: { readonly user: User }) {
  const query = useQuery(applicationsOfUserQuery(user.id));
  return (
    <Section title="Applications" about="What they have, through which group, and how it stands there.">
      <Shown query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No applications">
              {nameOfUser(user)} is in no group that is bound to an application, and has no account in one.
            </Empty>
          ) : (
            <DataTable
              label="Applications"
              rows={items}
              columns={columnsFor(user)}
              idOf={({ applicationId }) => applicationId}
            />
          )
        }
      </Shown>
    </Section>
  );
}
