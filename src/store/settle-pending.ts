/** The part of a settle that ends marks, puts them off, or brings them forward. */
import { sql } from 'kysely';
import { USER_NAME } from '../provisioning/desired.ts';
import { NAME_HELD } from '../provisioning/group-name.ts';
import { ACCOUNT_SHARED } from '../provisioning/plan-user.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import type { RecordKind } from '../provisioning/facts.ts';
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
    // Of those that are done, what is left was marked anew meanwhile: only the list of a comparison ends.
    batch.filter(({ next, listDone }) => next.do !== 'done' || listDone === true),
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

/** A mark that was made anew meanwhile stands for a change that the core has not seen: it stays due, and counts from nothing. */
async function putOff(tx: Tx, applicationId: string, kept: readonly Settlement[]): Promise<void> {
  if (kept.length === 0) return;
  const rows = kept.map((one) => ({
    kind: one.kind,
    subject_id: one.subjectId,
    generation: one.generation,
    next: one.next.do,
    delay: 'delayMs' in one.next ? one.next.delayMs / 1000 : 0,
    whole: one.whole ?? false,
    list_done: one.listDone ?? false,
  }));
  const columns =
    'kind text, subject_id uuid, generation bigint, next text, delay double precision, whole boolean, list_done boolean';
  await sql`
    UPDATE pending p SET
      whole = CASE WHEN r.list_done THEN p.generation <> r.generation ELSE p.whole OR r.whole END,
      differing = CASE WHEN r.list_done THEN NULL ELSE p.differing END,
      due_at = CASE WHEN p.generation <> r.generation THEN p.due_at
        ELSE now() + make_interval(secs => r.delay) END,
      attempts = CASE WHEN p.generation <> r.generation OR r.next = 'continue' THEN 0 ELSE p.attempts + 1 END
    FROM ${rowset(rows, columns)} WHERE p.application_id = ${applicationId} AND p.kind = r.kind AND p.subject_id = r.subject_id`.execute(
    tx,
  );
}

/** Whether an account, or its name, may be somebody else's from now on. */
const givesUp = ({ left, event }: Settlement): boolean =>
  left !== undefined || event?.changes?.some(({ path }) => path === USER_NAME) === true;

/** Whether groups that wait for a name (R23) have one to take now, or one to go back to. */
const movesNames = ({ kind, event }: Settlement): boolean =>
  kind === 'group' && (event?.operation === 'renameGroup' || event?.operation === 'deleteGroup');

/**
 * Those who were refused because an account is somebody else's (R17), and groups whose name is another one's, need not wait any longer
 * once one was given up.
 */
export async function wakeRefused(
  tx: Tx,
  applicationId: string,
  batch: readonly Settlement[],
): Promise<void> {
  if (batch.some(givesUp)) await wakeShared(tx, applicationId);
  if (batch.some(movesNames)) await wake(tx, applicationId, 'group', NAME_HELD);
}

/** Those who were refused because an account is somebody else's (R17) are looked at again now. */
export const wakeShared = (tx: Tx, applicationId: string): Promise<void> =>
  wake(tx, applicationId, 'user', ACCOUNT_SHARED);

/** With a new generation: one who is being looked at in this moment, and will be found waiting, is looked at once more (R41). */
async function wake(tx: Tx, applicationId: string, kind: RecordKind, code: string): Promise<void> {
  await sql`
    UPDATE pending SET due_at = now(), generation = nextval('generations') WHERE ctid = ANY (ARRAY(
      SELECT mark.ctid FROM links l, LATERAL (
        SELECT p.ctid FROM pending p WHERE p.application_id = l.application_id AND p.kind = l.kind AND p.subject_id = l.subject_id OFFSET 0) AS mark
      WHERE l.application_id = ${applicationId} AND l.kind = ${kind} AND l.error IS NOT NULL AND l.error ->> 'code' = ${code}))`.execute(
    tx,
  );
}
