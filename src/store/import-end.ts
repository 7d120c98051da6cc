/** How an import ends: because nothing waits any more, or because somebody cancels it; and when its report is cleared away. */
import { sql } from 'kysely';
import { conflict } from '../errors.ts';
import type { Cause } from '../provisioning/settlement.ts';
import type { Handle, Tx } from './database.ts';
import { insertEvents } from './events.ts';
import { getImport, type Import, type ImportCounts } from './imports.ts';
import { lockRoster } from './roster.ts';

/** Which import ends, and what had it done. */
export interface Ending {
  readonly id: string;
  readonly applicationId: string;
  readonly label: string;
  readonly cause: Cause;
}

/** What came of an import, for people. */
const inWords = ({ cancelled, created, failed, linked, total, unchanged }: ImportCounts): string =>
  [
    `${total} in all, ${created} made, ${linked} linked, ${unchanged} imported before, ${failed} failed`,
    ...(cancelled > 0 ? [`${cancelled} not made`] : []),
  ].join(', ');

/** The import is done, and the message about it is owed. */
export async function finishImport(tx: Tx, { applicationId, cause, id, label }: Ending): Promise<Import> {
  await sql`
    UPDATE imports SET state = 'done', finished_at = now(), mail_attempts = 0, mail_due_at = now(), mail_message = NULL,
      mail_state = CASE WHEN mail_to IS NULL THEN 'none' ELSE 'owed' END
    WHERE id = ${id}`.execute(tx);
  const done = await getImport(tx, applicationId, id);
  await insertEvents(tx, applicationId, [
    {
      subject: { kind: 'application', id: applicationId, name: label },
      operation: 'import',
      outcome: 'done',
      sentence: `Import from ${label} ${done.counts.cancelled > 0 ? 'was cancelled' : 'is done'}: ${inWords(done.counts)}`,
      cause,
    },
  ]);
  return done;
}

/**
 * Ends an import that runs: who was imported stays so, and whoever waits is not made. A batch that is under way is waited for,
 * because it holds the roster. Throws a `Problem` where the import is done.
 */
export async function cancelImport(tx: Tx, ending: Ending): Promise<Import> {
  await lockRoster(tx, ending.applicationId);
  const { state } = await getImport(tx, ending.applicationId, ending.id);
  if (state === 'done') throw conflict('The import is done: there is nothing left to cancel.');
  await sql`
    UPDATE import_items SET outcome = 'cancelled' WHERE import_id = ${ending.id} AND outcome IS NULL`.execute(
    tx,
  );
  return finishImport(tx, ending);
}

const old = (days: number) =>
  sql`i.state = 'done' AND i.mail_state <> 'owed' AND i.finished_at < now() - make_interval(days => ${days})`;

/**
 * Deletes of imports that were done so many days ago at most `limit` items; an import goes with its last. Answers how many were
 * deleted.
 */
export async function deleteOldImports(handle: Handle, days: number, limit: number): Promise<number> {
  const { numAffectedRows: items = 0n } = await sql`
    DELETE FROM import_items d USING (
      SELECT t.import_id, t.remote_id FROM imports i JOIN import_items t ON t.import_id = i.id WHERE ${old(days)} LIMIT ${limit}) AS o
    WHERE d.import_id = o.import_id AND d.remote_id = o.remote_id`.execute(handle);
  if (items < BigInt(limit)) await sql`DELETE FROM imports i WHERE ${old(days)}`.execute(handle);
  return Number(items);
}
