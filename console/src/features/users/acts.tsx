/** What is done to a user as a whole: suspending, activating, deleting, each asked about first where somebody loses something. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Tagged } from '../../api/client';
import { useConfirm, type Question } from '../../ui/confirm';
import { notify } from '../../ui/notify';
import { Shown } from '../../ui/page-state';
import { useLeavePage } from '../../ui/use-leave-page';
import { listed, nameOfUser } from '../../ui/words';
import { applicationsOfUserQuery, changeUser, deleteUser, type User } from './queries';

/** Where accounts are lost, by name. */
function LostAccounts({ user }: { readonly user: User }) {
  const query = useQuery(applicationsOfUserQuery(user.id));
  return (
    <Shown query={query} lines={1}>
      {({ items }) => {
        const held = items.filter(({ state, managed }) => state === 'active' && managed);
        const [now, later] = [
          held.filter(({ connection }) => connection === 'active'),
          held.filter(({ connection }) => connection !== 'active'),
        ];
        if (held.length === 0) return <Text>No account in any application depends on it.</Text>;
        return (
          <>
            {now.length > 0 && (
              <Text>
                Access to {listed(now.map(({ label }) => label))} ends. The account there is deactivated, or
                deleted where that application is set up so.
              </Text>
            )}
            {later.map(({ applicationId, connection, label }) => (
              <Text key={applicationId}>
                The account in {label} stays for now: the connection is {connection}, and nothing is sent
                before it is active.
              </Text>
            ))}
          </>
        );
      }}
    </Shown>
  );
}

const ENDS = {
  suspended: { title: (name: string) => `Suspend ${name}?`, until: 'until you activate them again' },
  staged: { title: (name: string) => `Set ${name} back to staged?`, until: 'until you activate them' },
} as const;

/** What to ask before somebody is active no more; `act` is what the button says. */
export const askBeforeEnd = (user: User, state: keyof typeof ENDS, act: string): Omit<Question, 'run'> => ({
  title: ENDS[state].title(nameOfUser(user)),
  body: (
    <>
      <Text mb="xs">They can no longer sign in, {ENDS[state].until}.</Text>
      <LostAccounts user={user} />
    </>
  ),
  act,
  danger: true,
});

export function useUserActs() {
  const confirm = useConfirm();
  const leavePage = useLeavePage();
  const become = async (user: Tagged<User>, state: User['state'], done: string): Promise<void> => {
    await changeUser(user, { state });
    notify(`${nameOfUser(user.value)} ${done}`);
  };
  return {
    suspend: (user: Tagged<User>) =>
      confirm({
        ...askBeforeEnd(user.value, 'suspended', 'Suspend user'),
        run: () => become(user, 'suspended', 'is suspended.'),
      }),
    activate: (user: Tagged<User>) =>
      confirm({
        title: `Activate ${nameOfUser(user.value)}?`,
        body: 'They can sign in, and get an account in each application to which one of their groups is bound.',
        act: 'Activate user',
        run: () => become(user, 'active', 'is active.'),
      }),
    remove: ({ value }: Tagged<User>) =>
      confirm({
        title: `Delete ${nameOfUser(value)}?`,
        body: (
          <>
            <Text mb="xs">
              They leave the directory and all groups, and cannot sign in any more. This cannot be undone.
            </Text>
            <LostAccounts user={value} />
          </>
        ),
        act: 'Delete user',
        danger: true,
        run: async () => {
          await deleteUser(value);
          notify(`${nameOfUser(value)} was deleted.`);
          await leavePage(`/users/${value.id}`, '/users');
        },
      }),
  };
}
