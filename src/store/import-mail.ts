/** Messages about imports that are done: owed until the mail server has taken them (R32). */
import { sql } from 'kysely';
import type { FieldError } from '../errors.ts';
import type { Handle } from './database.ts';
import { listItems } from './import-items.ts';
import { getImport, type ImportCounts } from './imports.ts';
import { nextAttempt } from './mail-attempts.ts';

/** A message that is to be sent. */
export interface OwedMail {
  readonly importId: string;
  readonly to: string;
  readonly link: string;
  readonly application: string;
  readonly counts: ImportCounts;
  /** The first of those that failed. */
  readonly failures: readonly { readonly name: string; readonly error: FieldError | null }[];
  readonly attempt: number;
}

const FAILURES_SHOWN = 20;
/** With the waits between them, half a day. */
const MOST_ATTEMPTS = 17;

/** Takes the next message that is due; nobody else takes it before its next attempt is. */
export async function takeOwedMail(db: Handle): Promise<OwedMail | null> {
  const { rows } = await sql<{
    id: string;
    application_id: string;
    mail_to: string;
    mail_link: string;
    mail_attempts: number;
    label: string;
  }>`
    UPDATE imports SET mail_attempts = mail_attempts + 1, mail_due_at = ${nextAttempt(sql`mail_attempts`)}
    WHERE id = (
      SELECT id FROM imports WHERE mail_state = 'owed' AND mail_due_at <= now() ORDER BY mail_due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, application_id, mail_to, mail_link, mail_attempts,
      (SELECT label FROM applications WHERE id = application_id) AS label`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const { counts } = await getImport(db, row.application_id, row.id);
  const failed = await listItems(db, row.id, { outcome: 'failed', limit: FAILURES_SHOWN, sort: 'username' });
  return {
    importId: row.id,
    to: row.mail_to,
    link: row.mail_link,
    application: row.label,
    counts,
    failures: failed.items.map(({ errors, person, remoteId }) => ({
      name: person.username ?? person.displayname ?? remoteId,
      error: errors[0] ?? null,
    })),
    attempt: row.mail_attempts,
  };
}

/** The mail of that import has gone out. */
export async function mailSent(db: Handle, { importId }: OwedMail): Promise<void> {
  await sql`UPDATE imports SET mail_state = 'sent', mail_message = NULL WHERE id = ${importId}`.execute(db);
}

/** Keeps why; after so many attempts nobody tries any more. What went out meanwhile stays sent. */
export async function mailFailed(
  db: Handle,
  { attempt, importId }: OwedMail,
  message: string,
): Promise<void> {
  const state = attempt >= MOST_ATTEMPTS ? 'failed' : 'owed';
  await sql`
    UPDATE imports SET mail_state = ${state}, mail_message = ${message} WHERE id = ${importId} AND mail_state = 'owed'`.execute(
    db,
  );
}
