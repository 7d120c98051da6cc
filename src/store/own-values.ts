/**
 * What a target keeps of its own without a word (R15): it answers a change with success, or with what was sent, and shows its own value
 * when it is read. These are parts of what an inventory writes, of links `l` and what was read of them, `c`.
 */
import { sql } from 'kysely';
import { USER_NAME } from '../provisioning/desired.ts';
import { NO_VALUE, type NotAccepted } from '../provisioning/facts.ts';
import { identifierKept } from '../provisioning/user-link.ts';
import type { Tx } from './database.ts';
import { rowset } from './rowset.ts';

/** What is shown in place of what was accepted, and what was so at the last reading and is still shown. */
export const OWN_VALUES = sql`(
  SELECT jsonb_object_agg(path, value) FROM jsonb_each(c.shown_values) AS s(path, value)
  WHERE value IS DISTINCT FROM c.accepted -> path OR value = l.own_values -> path)`;

/**
 * What is not accepted, now that the target was read (R15). A value that a reading found before, and that is shown again although the
 * target has accepted another one since, is the target's own: to correct it once more would do nothing. A value that was not accepted
 * and is shown was taken after all; of one that was not, what is kept is what is shown.
 */
export const NOT_ACCEPTED = sql`(
  SELECT coalesce(jsonb_object_agg(path, entry), '{}') FROM (
    SELECT path, entry || CASE WHEN c.shown_values ? path THEN jsonb_build_object('kept', c.shown_values -> path) ELSE '{}' END AS entry
    FROM jsonb_each(l.not_accepted) AS n(path, entry)
    WHERE entry -> 'sent' IS DISTINCT FROM c.shown_values -> path
    UNION ALL
    SELECT path, jsonb_build_object('sent', coalesce(c.accepted -> path, to_jsonb(${NO_VALUE}::text)), 'kept', value)
    FROM jsonb_each(c.shown_values) AS s(path, value)
    WHERE value = l.own_values -> path AND value IS DISTINCT FROM c.accepted -> path AND NOT l.not_accepted ? path) AS entries)`;

/**
 * Nobody has to decide any longer about a `userName` that was taken after all; for one that was not, or is another one by now:
 * {@link askForDecisions}.
 */
export const ATTENTION = sql`
  CASE WHEN coalesce(c.shown_values -> ${USER_NAME}, l.attention -> 'kept') = l.attention -> 'kept' THEN l.attention END`;

/** A target that keeps another `userName` than the directory's needs a person's decision. */
export async function askForDecisions(tx: Tx, applicationId: string): Promise<void> {
  const { rows } = await sql<{ subject_id: string; name: string; kept: NotAccepted }>`
    SELECT subject_id, subject_name AS name, not_accepted -> ${USER_NAME} AS kept FROM links
    WHERE application_id = ${applicationId} AND kind = 'user' AND not_accepted ? ${USER_NAME} AND attention IS NULL AND NOT moving`.execute(
    tx,
  );
  const asked = rows.flatMap(({ subject_id, name, kept }) => {
    const attention = identifierKept(name, kept);
    return attention === null ? [] : [{ subject_id, attention }];
  });
  if (asked.length === 0) return;
  await sql`
    UPDATE links l SET attention = r.attention FROM ${rowset(asked, 'subject_id uuid, attention jsonb')}
    WHERE l.application_id = ${applicationId} AND l.kind = 'user' AND l.subject_id = r.subject_id`.execute(
    tx,
  );
}
