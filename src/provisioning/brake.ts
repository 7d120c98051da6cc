/** The brake: a plan that would deactivate too many users waits for an administrator (R46). */
import type { Threshold } from '../connectors/settings.ts';
import { count, written } from '../count.ts';

export interface LeaverCounts {
  /** Deactivated within the last hour without an administrator's approval. */
  readonly recent: number;
  /** About to be deactivated now. */
  readonly waiting: number;
  /** Managed, and active in the target before the first of them left. */
  readonly provisioned: number;
}

export type Braked = { readonly held: false } | { readonly held: true; readonly reason: string };

/** Whether the leavers that wait must be held: both the number and the share are exceeded. */
export function brake(counts: LeaverCounts, threshold: Threshold): Braked {
  const leaving = counts.recent + counts.waiting;
  const share = (counts.provisioned * threshold.percent) / 100;
  if (leaving <= threshold.number || leaving <= share) return { held: false };
  return { held: true, reason: reason(counts, leaving, threshold) };
}

function reason(counts: LeaverCounts, leaving: number, threshold: Threshold): string {
  const percent = counts.provisioned === 0 ? 100 : Math.round((leaving / counts.provisioned) * 100);
  const earlier =
    counts.recent === 0 ? '' : `, ${written(counts.recent)} of them within the last hour already`;
  return (
    `${written(leaving)} of ${written(counts.provisioned)} users (${percent} %) would be deactivated${earlier}. ` +
    `That is more than ${count(threshold.number, 'user')} and more than ${threshold.percent} %, so they wait for an administrator's approval.`
  );
}
