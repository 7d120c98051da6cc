/** The part of a settle that ends marks, or puts them off. */
import { sql } from 'kysely';
import type { Settlement } from '../provisioning/settlement.ts';
import type { Tx } from './database.ts';
import { idRows, rowset } from './rowset.ts';

/** A mark is deleted only at the generation that was worked on: a change made meanwhile is looked at again (R41). */
export async function writePending(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  const done = batch.filter(({ next }) => next.do === 'done');
  for (const kind of ['user', 'group'] as const) {
    await endMarks(
      tx,
      applicationId,
      kind,
      done.filter((one) => one.kind === kind),
    );
  }
  await putOff(
    tx,
    applicationId,
    batch.filter(({ next }) => next.do !== 'done'),
  );
}

/**
 * By row and not by join: without statistics, a join would read every mark of the application. The lane is locked, so that
 * nobody moves a row between the two.
 */
async function endMarks(
  tx: Tx,
  applicationId: string,
  kind: Settlement['kind'],
  done: readonly Settlement[],
): Promise<void> {
  if (done.length === 0) return;
  const rows = done.map(({ subjectId, generation }) => ({ subject_id: subjectId, generation }));
  const columns = [
    ['subject_id', 'uuid'],
    ['generation', 'bigint'],
  ] as const;
  await sql`
    DELETE FROM pending WHERE ctid = ANY (ARRAY(
      SELECT mark.ctid FROM ${idRows(rows, columns)}, LATERAL (
        SELECT p.ctid FROM pending p WHERE p.application_id = ${applicationId} AND p.kind = ${kind} AND p.subject_id = r.subject_id
          AND p.generation = r.generation OFFSET 0) AS mark))`.execute(tx);
}

async function putOff(tx: Tx, applicationId: string, kept: readonly Settlement[]): Promise<void> {
  if (kept.length === 0) return;
  const rows = kept.map((one) => ({
    kind: one.kind,
    subject_id: one.subjectId,
    generation: one.generation,
    next: one.next.do,
    delay: one.next.do === 'later' ? one.next.delayMs / 1000 : 0,
    spread: one.spread ?? false,
  }));
  const columns =
    'kind text, subject_id uuid, generation bigint, next text, delay double precision, spread boolean';
  await sql`
    UPDATE pending p SET whole = p.whole AND NOT r.spread,
      due_at = CASE WHEN p.generation <> r.generation THEN p.due_at
        ELSE now() + make_interval(secs => CASE WHEN r.next = 'again' AND p.attempts >= 3 THEN least(300, 2 ^ p.attempts) ELSE r.delay END) END,
      attempts = CASE WHEN p.generation <> r.generation OR r.next = 'continue' THEN 0 ELSE p.attempts + 1 END
    FROM ${rowset(rows, columns)} WHERE p.application_id = ${applicationId} AND p.kind = r.kind AND p.subject_id = r.subject_id`.execute(
    tx,
  );
}
