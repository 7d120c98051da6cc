/** What is being sent right now, as it happens. */
import { Anchor, Box, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../../../api/client';
import { ProgressPanel } from '../../../ui/progress-panel';
import { StateBadge } from '../../../ui/state-badge';
import { When } from '../../../ui/when';
import { CONDITIONS, count } from '../../../ui/words';
import { AskedToWait } from '../asked-to-wait';
import { statusQuery, type Application } from '../queries';
import { Reading } from '../reading';

type Status = Schemas['ApplicationStatus'];

/** The most that was left since it began: what is missing from it is done. */
function useMost(left: number): number {
  const [most, setMost] = useState(left);
  const now = left === 0 ? 0 : Math.max(most, left);
  if (now !== most) setMost(now);
  return now;
}

const NothingLeft = ({ status, label }: { readonly status: Status; readonly label: string }) => (
  <Text size="sm" c="dimmed">
    {count(status.users.active, 'active account')} and {count(status.groups.linked, 'group')} in {label}. Last
    change there: <When at={status.lastChangeAt} never="none yet" />.
  </Text>
);

const Refused = ({ number }: { readonly number: number }) => (
  <Text size="sm" c="var(--bad)">
    {count(number, 'record was', 'records were')} refused, and {number === 1 ? 'is' : 'are'} not tried again
    by {number === 1 ? 'itself' : 'themselves'}.
  </Text>
);

/** A target that is down fails all of them alike, so that one reason says it. */
const TriedAgain = ({ number, reason }: { readonly number: number; readonly reason: string | null }) => (
  <Text size="sm" c="var(--bad)">
    {count(number, 'record', 'records')} failed to be sent, and {number === 1 ? 'is' : 'are'} tried again.{' '}
    {reason}
  </Text>
);

interface AccountsProps {
  readonly id: string;
  readonly number: number;
}

/** So many accounts, and the way to their list. */
const Accounts = ({ id, number, which }: AccountsProps & { readonly which: 'trouble' | 'kept' }) => (
  <Anchor
    component={Link}
    to={`/applications/${id}/users`}
    search={{ [which]: 'yes' } as never}
    size="sm"
    underline="always"
  >
    {count(number, 'account')}
  </Anchor>
);

const ToDecide = ({ id, number }: AccountsProps) => (
  <Text size="sm">
    Somebody has to decide on <Accounts id={id} number={number} which="trouble" />: nothing else is sent for{' '}
    {number === 1 ? 'it' : 'them'} meanwhile.
  </Text>
);

/** Against the directory, until that is ended. */
const Kept = ({ id, number }: AccountsProps) => (
  <Text size="sm">
    <Accounts id={id} number={number} which="kept" /> {number === 1 ? 'is' : 'are'} kept against the
    directory, because an administrator rejected the deactivation: until{' '}
    {number === 1 ? 'its user is' : 'their users are'} assigned again, or somebody lets them leave.
  </Text>
);

export function Progress({ application }: { readonly application: Application }) {
  const status = useQuery(statusQuery(application.id)).data;
  const left = status?.pending ?? 0;
  const most = useMost(left);
  if (status === undefined || status.state === 'inactive') return null;
  return (
    <Box mb="xl">
      <ProgressPanel
        said={<StateBadge {...CONDITIONS[status.condition]} />}
        done={left > 0 ? ((most - left) / most) * 100 : undefined}
        label="Done"
      >
        {left > 0 ? (
          <Text size="sm">
            {count(left, 'record')} to look at, {count(status.inFlight, 'request')} under way.
          </Text>
        ) : (
          <NothingLeft status={status} label={application.label} />
        )}
        {status.retrying > 0 && <TriedAgain number={status.retrying} reason={status.retryReason} />}
        {status.failed > 0 && <Refused number={status.failed} />}
        {status.kept > 0 && <Kept id={application.id} number={status.kept} />}
        {status.attention > 0 && <ToDecide id={application.id} number={status.attention} />}
      </ProgressPanel>
      <AskedToWait application={application} />
      <Reading application={application} />
    </Box>
  );
}
