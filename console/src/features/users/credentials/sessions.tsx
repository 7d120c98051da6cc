/** Where somebody is signed in to Rollcall, and ending it. */
import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { browserName } from '../../../../../src/portal/browser-name.ts';
import { Act } from '../../../ui/act';
import { useConfirm } from '../../../ui/confirm';
import { actsColumn, DataTable, type Column } from '../../../ui/data-table';
import { notify } from '../../../ui/notify';
import { Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { When } from '../../../ui/when';
import { listed, nameOfUser } from '../../../ui/words';
import type { User } from '../queries';
import { endSession, endSessions, sessionsQuery, type ListedSession } from './queries';

const METHODS: Readonly<Record<ListedSession['methods'][number], string>> = {
  password: 'password',
  totp: 'authenticator app',
  passkey: 'passkey',
  'recovery-code': 'recovery code',
};

const columnsFor = (user: User): readonly Column<ListedSession>[] => [
  { header: 'Browser', cell: ({ userAgent }) => browserName(userAgent) },
  { header: 'Address', cell: ({ address }) => address },
  { header: 'Signed in by', cell: ({ methods }) => listed(methods.map((method) => METHODS[method])) },
  { header: 'Last used', cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
  actsColumn(({ id, userAgent }) => (
    <Act label="End" about={browserName(userAgent)} run={() => endSession(user.id, id)} />
  )),
];

function EndAll({ user }: { readonly user: User }) {
  const confirm = useConfirm();
  const ask = () =>
    confirm({
      title: `Sign ${nameOfUser(user)} out everywhere?`,
      body: 'Whatever they are doing in Rollcall stops, until they sign in again.',
      act: 'End all sessions',
      danger: true,
      run: async () => {
        await endSessions(user.id);
        notify(`${nameOfUser(user)} is signed out everywhere.`);
      },
    });
  return (
    <Button variant="default" size="xs" style={{ alignSelf: 'start' }} onClick={ask}>
      End all sessions
    </Button>
  );
}

export const Sessions = ({ user }: { readonly user: User }) => (
  <Section title="Sessions">
    <Shown query={useQuery(sessionsQuery(user.id))} lines={1}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">Not signed in anywhere.</Text>
        ) : (
          <Stack gap="sm">
            <DataTable label="Sessions" rows={items} columns={columnsFor(user)} idOf={({ id }) => id} />
            <EndAll user={user} />
          </Stack>
        )
      }
    </Shown>
  </Section>
);
