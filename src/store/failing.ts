/** Since when a record has failed that is tried again by itself, so that somebody is told of it after an hour (R44). */
import { sql, type RawBuilder } from 'kysely';
import type { Tx } from './database.ts';

/**
 * The error of a link, `written` in the place of the one that is there: one that is tried again by itself knows since when it has been so,
 * whatever was changed meanwhile.
 */
export const failing = (written: RawBuilder<unknown>, before: RawBuilder<unknown>) => sql`
  CASE WHEN ${written} ->> 'retrying' = 'true'
    THEN ${written} || jsonb_build_object('since', coalesce(${before} -> 'since', to_jsonb(now()))) ELSE ${written} END`;

/**
 * Counts anew what fails, from its next failure on: it is not tried while the connection is inactive or paused, or its user held.
 * Without `holdId`, of the whole application.
 */
export async function failAnew(tx: Tx, applicationId: string, holdId?: string): Promise<void> {
  const which =
    holdId === undefined
      ? sql``
      : sql`AND l.kind = 'user' AND l.subject_id IN (SELECT subject_id FROM pending WHERE hold_id = ${holdId})`;
  await sql`
    UPDATE links l SET error = l.error - 'since' WHERE l.application_id = ${applicationId}
      AND (l.error IS NOT NULL OR l.attention IS NOT NULL) AND l.error ? 'since' ${which}`.execute(tx);
}
