/** To which applications a group is bound, and how it stands in each. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty, Shown } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { GroupState, membersInWords } from '../applications/people/group-state';
import { applicationsOfGroupQuery, type ApplicationOfGroup, type Group } from './queries';

const columnsFor = ({ name }: Group): readonly Column<ApplicationOfGroup>[] => [
  {
    header: 'Application',
    cell: ({ applicationId, label }) => (
      <Anchor component={Link} to={`/applications/${applicationId}`} fw={500}>
        {label}
      </Anchor>
    ),
  },
  { header: 'There', cell: (application) => <GroupState group={application} /> },
  {
    header: 'Members',
    cell: ({ applicationId, groupManagement, label, members }) =>
      groupManagement && (
        <Anchor
          component={Link}
          to={`/applications/${applicationId}/users/groups`}
          search={{ search: name } as never}
          aria-label={`${membersInWords(members)}: ${name} in ${label}`}
        >
          {membersInWords(members)}
        </Anchor>
      ),
  },
];

export const ApplicationsOfGroup = ({ group }: { readonly group: Group }) => (
  <Section
    title="Applications"
    about="Those that the group is bound to: its members get an account in each. How the group stands there."
  >
    <Shown query={useQuery(applicationsOfGroupQuery(group.id))}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="Bound to no application">
            Open an application, and bind the group under its User Groups.
          </Empty>
        ) : (
          <DataTable
            label="Applications"
            rows={items}
            columns={columnsFor(group)}
            idOf={({ applicationId }) => applicationId}
          />
        )
      }
    </Shown>
  </Section>
);
