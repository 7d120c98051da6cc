/** What somebody needs besides the password, and taking it away from somebody who lost it. */
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useConfirm } from '../../../ui/confirm';
import { actsColumn, DataTable, type Column } from '../../../ui/data-table';
import { notify } from '../../../ui/notify';
import { Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { When } from '../../../ui/when';
import { nameOfUser } from '../../../ui/words';
import type { User } from '../queries';
import { factorsQuery, removeFactor, type Factor } from './queries';

const KINDS: Readonly<Record<Factor['kind'], string>> = { totp: 'Authenticator app', passkey: 'Passkey' };

function useRemoval(user: User) {
  const confirm = useConfirm();
  return ({ id, kind, label }: Factor) =>
    confirm({
      title: `Remove ${label}?`,
      body: `${nameOfUser(user)} signs in without it from now on, and their sessions end. Do this only when you know that it is them who asks.`,
      act: `Remove ${KINDS[kind].toLowerCase()}`,
      danger: true,
      run: async () => {
        await removeFactor(user.id, id);
        notify(`${label} of ${nameOfUser(user)} was removed.`);
      },
    });
}

const columnsFor = (remove: (factor: Factor) => void): readonly Column<Factor>[] => [
  { header: 'Name', cell: ({ label }) => label },
  { header: 'Kind', cell: ({ kind }) => KINDS[kind] },
  { header: 'Last used', cell: ({ lastUsedAt }) => <When at={lastUsedAt} /> },
  actsColumn((factor) => (
    <Button
      variant="subtle"
      size="compact-sm"
      color="red"
      aria-label={`Remove ${factor.label}`}
      onClick={() => remove(factor)}
    >
      Remove
    </Button>
  )),
];

export function SecondFactors({ user }: { readonly user: User }) {
  const remove = useRemoval(user);
  return (
    <Section title="Second factors">
      <Shown query={useQuery(factorsQuery(user.id))} lines={1}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">None. They set one up themselves, under Second factors.</Text>
          ) : (
            <DataTable
              label="Second factors"
              rows={items}
              columns={columnsFor(remove)}
              idOf={({ id }) => id}
            />
          )
        }
      </Shown>
    </Section>
  );
}
