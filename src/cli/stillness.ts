/** For whoever waits for work that does not move: why that may be, said once. */
import type { Clock } from '../clock.ts';
import { count } from '../count.ts';

/** Longer than any server takes to look at what is due. */
const LONG_MS = 15_000;

/** What of an application's status moves, and why it may not. */
interface Moving {
  readonly pending: number;
  readonly inFlight: number;
  readonly failed: number;
  readonly retrying: number;
  readonly retryReason: string | null;
}

/** Takes the status each time that it is read, and answers why nothing moves, the first time that this goes on for long. */
export function watchStillness(clock: Pick<Clock, 'monotonic'>): (status: Moving) => string | undefined {
  let seen = '';
  let since = clock.monotonic();
  let isTold = false;
  return (status) => {
    const now = JSON.stringify([status.pending, status.inFlight, status.failed]);
    if (now !== seen || status.inFlight > 0) {
      seen = now;
      since = clock.monotonic();
    }
    if (isTold || clock.monotonic() - since < LONG_MS) return undefined;
    isTold = true;
    return whyStill(status);
  };
}

function whyStill({ retrying, retryReason }: Moving): string {
  if (retrying > 0) {
    const those = `${count(retrying, 'record')} failed to be sent, and ${retrying === 1 ? 'is' : 'are'} tried again`;
    return `Nothing has moved for a while: ${those}. ${retryReason ?? ''}`.trimEnd();
  }
  return 'Nothing has moved for a while. A server that was started with --no-provisioning sends nothing: start it without, or a worker beside it.';
}
