/** What a plan shows in place of steps that the target refused already: nothing is sent before something changes (R44). */
import { explain } from './explain.ts';
import type { Refusal, RefuseGroup, RefuseUser, Step } from './steps.ts';

/** The steps of one record, at least one, as the refusal that was recorded on it. */
export function refusedBefore(
  steps: readonly [Step, ...Step[]],
  { code, message, field }: Refusal,
): RefuseUser | RefuseGroup {
  const [{ subject }] = steps;
  const refusal = {
    code,
    message: `${steps.map(explain).join('; ')}: ${message} It waits for a change, or for Retry.`,
    ...(field !== undefined && { field }),
  };
  return { kind: subject.kind === 'user' ? 'refuseUser' : 'refuseGroup', subject, refusal };
}
