/** What would follow of deleting a group, or of removing people from it, in each application that it is bound to. */
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { Shown } from '../../ui/page-state';
import { count } from '../../ui/words';
import { consequencesQuery, memberConsequencesQuery, type Group } from './queries';

type Deletion = Schemas['GroupConsequences']['applications'][number];
type Consequence = Omit<Deletion, 'deletesGroup' | 'held'> & Partial<Pick<Deletion, 'deletesGroup'>>;

/** What is said of a connection that sends nothing. */
export const notActive = (connection: Deletion['connection']) =>
  connection !== 'active' && ` The connection is ${connection}: nothing is sent before it is active.`;

function InApplication({ of }: { readonly of: Consequence }) {
  const { application, connection, deactivate, deletesGroup = false, reason } = of;
  return (
    <List.Item>
      <strong>{application.label}</strong>:{' '}
      {deactivate === 0
        ? 'nobody would lose the account there'
        : `${count(deactivate, 'person', 'people')} would lose the account there`}
      {deletesGroup && ', and the group would be deleted'}.
      {reason !== null && ` The deactivations would wait for your approval. ${reason}`}
      {notActive(connection)}
    </List.Item>
  );
}

const InApplications = ({ of }: { readonly of: readonly Consequence[] }) =>
  of.length === 0 ? (
    <Text>The group is bound to no application, so no account depends on it.</Text>
  ) : (
    <List>
      {of.map((each) => (
        <InApplication key={each.application.id} of={each} />
      ))}
    </List>
  );

export const DeletionConsequences = ({ group }: { readonly group: Group }) => (
  <Shown query={useQuery(consequencesQuery(group.id))} lines={2}>
    {({ applications }) => <InApplications of={applications} />}
  </Shown>
);

interface RemovalProps {
  readonly groupId: string;
  readonly ids: readonly string[];
}

export const RemovalConsequences = ({ groupId, ids }: RemovalProps) => (
  <Shown query={useQuery(memberConsequencesQuery(groupId, { add: [], remove: ids }))} lines={2}>
    {({ applications }) => (
      <InApplications
        of={applications.map(({ users, ...each }) => ({ ...each, deactivate: users.deactivate }))}
      />
    )}
  </Shown>
);
