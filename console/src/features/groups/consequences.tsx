/** What would follow of deleting a group, in each application that it is bound to. */
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { Shown } from '../../ui/page-state';
import { count } from '../../ui/words';
import { consequencesQuery, type Group } from './queries';

type Consequence = Schemas['GroupConsequences']['applications'][number];

function InApplication({ of }: { readonly of: Consequence }) {
  const { application, connection, deactivate, deletesGroup, reason } = of;
  return (
    <List.Item>
      <strong>{application.label}</strong>:{' '}
      {deactivate === 0
        ? 'nobody loses their account'
        : `${count(deactivate, 'account')} would be deactivated`}
      {deletesGroup && ', and the group is deleted there'}.
      {reason !== null && ` They wait for your approval: ${reason}`}
      {connection !== 'active' && ' Nothing is sent before the connection is active.'}
    </List.Item>
  );
}

export const DeletionConsequences = ({ group }: { readonly group: Group }) => (
  <Shown query={useQuery(consequencesQuery(group.id))} lines={2}>
    {({ applications }) =>
      applications.length === 0 ? (
        <Text>It is bound to no application, so no account depends on it.</Text>
      ) : (
        <List>
          {applications.map((each) => (
            <InApplication key={each.application.id} of={each} />
          ))}
        </List>
      )
    }
  </Shown>
);
