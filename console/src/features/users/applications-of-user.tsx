/** Which applications somebody has, why, and in what state they are there. */
import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty, Shown } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { StateBadge } from '../../ui/state-badge';
import { LINK_STATES, nameOfUser, throughGroups } from '../../ui/words';
import { applicationsOfUserQuery, type ApplicationOfUser, type User } from './queries';

/** What there is to say beside the state: the first thing that somebody has to know. */
function remarkOf({ connection, error, held, managed, pending }: ApplicationOfUser): string | null {
  if (error !== null) return error.message;
  if (held) return 'The deactivation waits for an approval.';
  if (!managed) return 'Imported and never assigned, so it is left alone.';
  if (connection === 'paused') return 'The connection is paused.';
  if (connection === 'inactive') return 'The connection is inactive, so nothing is sent.';
  return pending ? 'Waiting for its turn.' : null;
}

function StateThere({ application }: { readonly application: ApplicationOfUser }) {
  const remark = remarkOf(application);
  const state = LINK_STATES[application.state];
  return (
    <div>
      <StateBadge label={state.label} tone={application.error === null ? state.tone : 'bad'} />
      {remark !== null && (
        <Text size="sm" c="dimmed">
          {remark}
        </Text>
      )}
    </div>
  );
}

const columnsFor = (user: User): readonly Column<ApplicationOfUser>[] => [
  { header: 'Application', cell: ({ label }) => <Text fw={500}>{label}</Text> },
  { header: 'Why', cell: throughGroups },
  { header: 'There', cell: (application) => <StateThere application={application} /> },
  {
    header: 'More',
    cell: ({ applicationId, label }) => (
      <Anchor
        component={Link}
        to={`/applications/${applicationId}/users/${user.id}`}
        aria-label={`Why? ${nameOfUser(user)} in ${label}`}
      >
        Why?
      </Anchor>
    ),
  },
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
