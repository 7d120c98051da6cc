/** How somebody signs in to Rollcall: a new password, second factors, and where they are signed in. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem';
import { browserName } from '../../../../src/portal/browser-name.ts';
import { useConfirm } from '../../ui/confirm';
import { CopyField } from '../../ui/copy-field';
import { DataTable, type Column } from '../../ui/data-table';
import { Notice } from '../../ui/notice';
import { notify } from '../../ui/notify';
import { Shown } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { When } from '../../ui/when';
import { listed, nameOfUser } from '../../ui/words';
import {
  endSession,
  endSessions,
  factorsQuery,
  removeFactor,
  resetPassword,
  sessionsQuery,
  type Factor,
  type ListedSession,
} from './credentials';
import type { User } from './queries';

const FACTORS: Readonly<Record<Factor['kind'], string>> = { totp: 'Authenticator app', passkey: 'Passkey' };

const METHODS: Readonly<Record<ListedSession['methods'][number], string>> = {
  password: 'password',
  totp: 'authenticator app',
  passkey: 'passkey',
  'recovery-code': 'recovery code',
};

function ResetPassword({ user }: { readonly user: User }) {
  const [link, setLink] = useState<string | null>(null);
  const reset = useMutation({
    mutationFn: (deliver: 'mail' | 'link') => resetPassword(user.id, deliver),
    onSuccess: (made) => {
      setLink(made);
      if (made === null) notify(`${nameOfUser(user)} gets a link by mail.`);
    },
  });
  return (
    <Stack gap="sm">
      <Text c="dimmed">They set a new password by a link that works once, within the hour.</Text>
      {reset.error && <Notice tone="bad">{asProblem(reset.error).message}</Notice>}
      <Group gap="sm">
        <Button variant="default" size="xs" disabled={reset.isPending} onClick={() => reset.mutate('mail')}>
          Send the link by mail
        </Button>
        <Button variant="default" size="xs" disabled={reset.isPending} onClick={() => reset.mutate('link')}>
          Make a link to hand over
        </Button>
      </Group>
      <Modal
        opened={link !== null}
        onClose={() => setLink(null)}
        title="A link for a new password"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>
          <Text>
            Hand it to {nameOfUser(user)} in person. It works once, within the hour, and is not shown again.
          </Text>
          <CopyField label="Link" value={link ?? ''} />
        </Stack>
      </Modal>
    </Stack>
  );
}

function Factors({ user }: { readonly user: User }) {
  const confirm = useConfirm();
  const remove = ({ id, kind, label }: Factor) =>
    confirm({
      title: `Remove ${label}?`,
      body: `${nameOfUser(user)} signs in without it from now on. Do this only when you know that it is them who asks.`,
      act: `Remove ${FACTORS[kind].toLowerCase()}`,
      danger: true,
      run: async () => {
        await removeFactor(user.id, id);
        notify(`${label} of ${nameOfUser(user)} was removed.`);
      },
    });
  const columns: readonly Column<Factor>[] = [
    { header: 'Name', cell: ({ label }) => label },
    { header: 'Kind', cell: ({ kind }) => FACTORS[kind] },
    { header: 'Last used', cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
    {
      header: 'Change',
      cell: (factor) => (
        <Button variant="subtle" size="compact-sm" color="red" onClick={() => remove(factor)}>
          Remove
        </Button>
      ),
    },
  ];
  return (
    <Shown query={useQuery(factorsQuery(user.id))} lines={1}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">None. They set one up themselves, under Second factors.</Text>
        ) : (
          <DataTable label="Second factors" rows={items} columns={columns} idOf={({ id }) => id} />
        )
      }
    </Shown>
  );
}

function Sessions({ user }: { readonly user: User }) {
  const confirm = useConfirm();
  const endAll = () =>
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
  const end = useMutation({ mutationFn: ({ id }: ListedSession) => endSession(user.id, id) });
  const columns: readonly Column<ListedSession>[] = [
    { header: 'Browser', cell: ({ userAgent }) => browserName(userAgent) },
    { header: 'Address', cell: ({ address }) => address },
    { header: 'Signed in by', cell: ({ methods }) => listed(methods.map((method) => METHODS[method])) },
    { header: 'Last used', cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
    {
      header: 'Change',
      cell: (session) => (
        <Button variant="subtle" size="compact-sm" color="red" onClick={() => end.mutate(session)}>
          End
        </Button>
      ),
    },
  ];
  return (
    <Shown query={useQuery(sessionsQuery(user.id))} lines={1}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">Not signed in anywhere.</Text>
        ) : (
          <Stack gap="sm">
            {end.error && <Notice tone="bad">{asProblem(end.error).message}</Notice>}
            <DataTable label="Sessions" rows={items} columns={columns} idOf={({ id }) => id} />
            <div>
              <Button variant="default" size="xs" onClick={endAll}>
                End all sessions
              </Button>
            </div>
          </Stack>
        )
      }
    </Shown>
  );
}

export const SigningIn = ({ user }: { readonly user: User }) => (
  <>
    <Section title="Password">
      <ResetPassword user={user} />
    </Section>
    <Section title="Second factors">
      <Factors user={user} />
    </Section>
    <Section title="Sessions">
      <Sessions user={user} />
    </Section>
  </>
);
