/** What is being sent right now, as it happens. */
import { Progress as Bar, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { StateBadge } from '../../../ui/state-badge';
import { When } from '../../../ui/when';
import { CONDITIONS, count } from '../../../ui/words';
import { statusQuery, type Application } from '../queries';
import classes from './plan.module.css';

/** The most that was left since it began: what is missing from it is done. */
function useMost(left: number): number {
  const [most, setMost] = useState(left);
  const now = left === 0 ? 0 : Math.max(most, left);
  if (now !== most) setMost(now);
  return now;
}

export function Progress({ application }: { readonly application: Application }) {
  const status = useQuery(statusQuery(application.id)).data;
  const left = status?.pending ?? 0;
  const most = useMost(left);
  if (status === undefined || status.state === 'inactive') return null;
  const done = most === 0 ? 100 : ((most - left) / most) * 100;
  return (
    <div className={classes.progress}>
      <span role="status">
        <StateBadge {...CONDITIONS[status.condition]} />
      </span>
      {left > 0 ? (
        <>
          <Bar.Root>
            <Bar.Section value={done} aria-label="Done" />
          </Bar.Root>
          <Text size="sm">
            {count(left, 'record')} to look at, {count(status.inFlight, 'request')} under way.
          </Text>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {count(status.users.active, 'active account')} and {count(status.groups.linked, 'group')} in{' '}
          {application.label}. Last change there: <When at={status.lastChangeAt} never="none yet" />.
        </Text>
      )}
      {status.failed > 0 && (
        <Text size="sm" c="var(--bad)">
          {count(status.failed, 'record was', 'records were')} refused, and{' '}
          {status.failed === 1 ? 'is' : 'are'} not tried again by{' '}
          {status.failed === 1 ? 'itself' : 'themselves'}.
        </Text>
      )}
    </div>
  );
}
