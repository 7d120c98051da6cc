/** Waits after failures. */

/** A longer one nobody understands: a target may be back at any moment. */
const LONGEST_WAIT_MS = 5 * 60_000;

/** How long a record waits after its nth failure: growing, jittered by half either way, and as long as the target asked. */
export function waitAfter(attempts: number, backoffMs: number, retryAfterMs: number): number {
  const growing = Math.min(LONGEST_WAIT_MS, backoffMs * 2 ** Math.min(attempts, 20));
  return Math.max(retryAfterMs, growing * (0.5 + Math.random()));
}
