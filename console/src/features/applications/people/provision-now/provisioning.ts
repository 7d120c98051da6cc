/** Provisioning one user now, and watching it to its end. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LoggedEvent } from '../../../events/queries';
import { eventsSince, isOver } from './course';
import { accountQuery, lookAgainAtUser, type AccountInFull } from '../queries';

/** While it runs it is asked for besides what the stream tells: what had to be sent may be nothing, which is no event. */
const ASK_EVERY_MS = 1000;

export interface Provisioning {
  readonly query: ReturnType<typeof useQuery<AccountInFull>>;
  /** The account as it was when it began; null before that. */
  readonly begun: AccountInFull | null;
  readonly events: readonly LoggedEvent[];
  readonly over: boolean;
  readonly start: () => void;
  readonly starting: boolean;
  readonly error: Error | null;
}

export function useProvisioning(applicationId: string, userId: string): Provisioning {
  const [begun, setBegun] = useState<AccountInFull | null>(null);
  const query = useQuery({
    ...accountQuery(applicationId, userId),
    refetchInterval: ({ state: { data } }) =>
      begun !== null && data !== undefined && !isOver(data) ? ASK_EVERY_MS : false,
  });
  const run = useMutation({
    mutationFn: async (account: AccountInFull) => {
      await lookAgainAtUser(applicationId, userId);
      // What was read before is of the time before.
      await query.refetch();
      return account;
    },
    onSuccess: setBegun,
  });
  const now = query.data;
  return {
    query,
    begun,
    events: begun && now ? eventsSince(now.recentEvents, begun.recentEvents[0]?.id) : [],
    over: begun !== null && now !== undefined && isOver(now),
    start: () => now && run.mutate(now),
    starting: run.isPending,
    error: run.error,
  };
}
