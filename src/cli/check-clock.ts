/** What the doctor finds of this machine's clock. */
import { ok, problem, type Finding } from './finding.ts';

const LARGEST_SKEW_MS = 5000;

/** What is stored is timed by the database; a process that disagrees misjudges what has expired. */
export function checkSkew(ours: number, theirs: number, whose: string): Finding {
  const check = 'Clock';
  const skew = Math.round((theirs - ours) / 1000);
  if (Math.abs(theirs - ours) <= LARGEST_SKEW_MS) return ok(check, `It agrees with ${whose}.`);
  const message = `It is ${Math.abs(skew)} s ${skew > 0 ? 'behind' : 'ahead of'} ${whose}. Synchronise both with a time server (NTP).`;
  return problem(check, message);
}
