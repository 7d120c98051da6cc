/** Leavers whom the brake keeps: who they are, why they wait, what made them leave; and the decision (R46). */
import { Anchor, Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '../../../app/session';
import { useConfirm } from '../../../ui/confirm';
import type { Column } from '../../../ui/data-table';
import { useLocalList } from '../../../ui/list-state';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Empty } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { ServerTable } from '../../../ui/server-table';
import { When } from '../../../ui/when';
import { count } from '../../../ui/words';
import type { Application } from '../queries';
import { approveHold, heldUsersQuery, rejectHold, type HeldUser, type Hold } from './queries';

const REASONS: Readonly<Record<HeldUser['reason'], string>> = {
  deleted: 'Deleted from the directory',
  suspended: 'Suspended',
  staged: 'Not active yet',
  unassigned: 'No longer in a bound group',
  moving: 'Moving to another account',
};

const columnsFor = (applicationId: string): readonly Column<HeldUser>[] => [
  {
    header: 'Name',
    cell: ({ name, userId }) => (
      <Anchor component={Link} to={`/applications/${applicationId}/users/${userId}`} fw={500}>
        {name}
      </Anchor>
    ),
  },
  { header: 'Why they leave', cell: ({ reason }) => REASONS[reason] },
  { header: 'What made them leave', cell: ({ cause }) => cause?.sentence },
];

interface Props {
  readonly application: Application;
  readonly hold: Hold;
}

const people = (number: number): string => count(number, 'person', 'people');

function useDecision({ application: { id, label }, hold }: Props) {
  const confirm = useConfirm();
  const waiting = people(hold.held);
  return {
    approve: () =>
      confirm({
        title: `Deactivate ${waiting} in ${label}?`,
        body: `${waiting} ${hold.held === 1 ? 'loses' : 'lose'} access to ${label} as soon as it can be sent.`,
        act: `Deactivate ${waiting}`,
        danger: true,
        run: async () => {
          await approveHold(id, hold);
          notify(`The deactivation of ${waiting} was approved.`);
        },
      }),
    reject: () =>
      confirm({
        title: `Let ${waiting} keep the account in ${label}?`,
        body: `The accounts stay as they are, although the directory assigns ${label} to nobody of them. They are left alone until they are assigned again and leave once more. It can be taken back for each of them alone, on their page: Let them leave.`,
        act: 'Keep the accounts',
        run: async () => {
          await rejectHold(id, hold);
          notify(`${waiting} ${hold.held === 1 ? 'keeps' : 'keep'} the account in ${label}.`);
        },
      }),
  };
}

export function HeldLeavers({ application, hold }: Props) {
  const list = useLocalList();
  const query = useQuery(heldUsersQuery(application.id, hold.id, list.query));
  const mayDecide = useMay()('administer');
  const { approve, reject } = useDecision({ application, hold });
  return (
    <Section
      title={`${people(hold.held)} held`}
      actions={
        mayDecide && (
          <Group gap="sm">
            <Button variant="default" size="xs" onClick={reject}>
              Reject
            </Button>
            <Button color="red" size="xs" onClick={approve}>
              Deactivate {people(hold.held)}
            </Button>
          </Group>
        )
      }
    >
      <Stack>
        <Notice tone="warn" title="Their deactivation waits for your approval">
          {hold.reason} Held <When at={hold.createdAt} />. Everything else goes on.
        </Notice>
        <ServerTable
          label="Held people"
          noun="person"
          nouns="people"
          searches="Name"
          list={list}
          query={query}
          columns={columnsFor(application.id)}
          idOf={({ userId }) => userId}
          nameOf={({ name }) => name}
          empty={<Empty title="Nobody waits any more">The list is about to close.</Empty>}
        />
      </Stack>
    </Section>
  );
}
