/** What would follow of people joining a group, in each application that it is bound to. */
import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Shown } from '../../ui/page-state';
import { usersInWords } from '../applications/bindings/consequence-words';
import { notActive } from './consequences';
import { memberConsequencesQuery } from './queries';

interface Props {
  readonly groupId: string;
  readonly ids: readonly string[];
}

export const JoiningConsequences = ({ groupId, ids }: Props) => (
  <Shown query={useQuery(memberConsequencesQuery(groupId, { add: ids, remove: [] }))} lines={1}>
    {({ applications }) =>
      applications.length === 0 ? (
        <Text size="sm">The group is bound to no application, so nobody gets an account through it.</Text>
      ) : (
        <List size="sm">
          {applications.map(({ application: { id, label }, connection, users }) => (
            <List.Item key={id}>
              <strong>{label}</strong>: {usersInWords(users, label).join(' ')}
              {notActive(connection)}
            </List.Item>
          ))}
        </List>
      )
    }
  </Shown>
);
