/** What was done in a world, and what is open. */
import { sql } from 'kysely';
import type { World } from './world.ts';

/** For whoever has to find out why a run failed. */
export async function storyOf(world: World): Promise<string> {
  const { db } = world.database;
  const events = await sql<{ at: Date; subject_id: string; line: string }>`
    SELECT at, subject_id, outcome || ' ' || operation || ': ' || sentence AS line FROM events
    WHERE application_id = ${world.application} ORDER BY id`.execute(db);
  const open = await sql<{ line: string }>`
    SELECT row_to_json(p)::text AS line FROM pending p WHERE application_id = ${world.application}`.execute(
    db,
  );
  return [
    ...events.rows.map(({ at, subject_id, line }) => `${at.toISOString()} ${subject_id.slice(-6)} ${line}`),
    ...open.rows.map(({ line }) => line),
    ...(await world.links()).map((link) => JSON.stringify(link)),
    ...(await world.journal()).journal.map(
      ({ method, path, status, requestBody, fault }) =>
        `${method} ${path} ${status} ${fault ?? ''} ${requestBody}`,
    ),
  ].join('\n');
}
