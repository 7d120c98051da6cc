import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import type { Handle } from './database.ts';
import { floorId } from './event-ids.ts';
import { verifyAudit } from './verify-audit.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);

/** The tables as the first so many migrations make them, and nothing in them. */
async function makeTables(db: Handle, migrations: number): Promise<void> {
  await sql`DROP SCHEMA public CASCADE; CREATE SCHEMA public`.execute(db);
  const files = (await readdir(FOLDER)).filter((file) => /^\d/.test(file)).sort();
  for (const file of files.slice(0, migrations)) await runMigration(db, file);
}

const runMigration = async (db: Handle, file: string): Promise<unknown> =>
  sql.raw(await readFile(new URL(file, FOLDER), 'utf8')).execute(db);

// What servers of the version before go on sending.

const writeEvents = (db: Handle, time: Date, count: number) =>
  sql`
  INSERT INTO events (application_id, id, kind, subject_id, subject_name, operation, outcome, sentence, changes, deactivation)
  SELECT gen_random_uuid(), (left(${floorId(time.getTime())}, 24) || lpad(to_hex(n), 12, '0'))::uuid, 'user', gen_random_uuid(),
    'ada', 'createUser', 'done', 'Created', '[{"path":"title"}]'::json, true
  FROM generate_series(1, ${count}) AS n`.execute(db);

const writeAct = (db: Handle) =>
  sql`
  INSERT INTO audit (content) VALUES ('{"action":"user.updated","actor":{"name":"grace"},"subject":{"name":"ada"}}'::json)`.execute(
    db,
  );

const deleteBefore = (db: Handle, time: Date) =>
  sql`
  DELETE FROM events WHERE id IN (SELECT id FROM events WHERE id < ${floorId(time.getTime())} ORDER BY id LIMIT 2000)`.execute(
    db,
  );

const rowsOf = async (db: Handle, table: string): Promise<string[]> =>
  (
    await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.table(table)} t ORDER BY t::text`.execute(db)
  ).rows.map(({ row }) => row);

const countIn = async (db: Handle, table: string): Promise<number> => (await rowsOf(db, table)).length;

describe.each(databaseKinds)(
  'a log and an audit trail from before there were months, on %s',
  async (kind) => {
    const { db } = await testDatabase(kind);
    const [longAgo, now, far] = [new Date('2026-01-05'), new Date(), new Date('2091-05-05')];
    await makeTables(db, 8);
    await writeEvents(db, longAgo, 300);
    await writeEvents(db, now, 200);
    await writeEvents(db, far, 2);
    for (let act = 0; act < 3; act += 1) await writeAct(db);

    it('are as they were after it, whatever time their rows are of', async () => {
      const [events, audit] = [await rowsOf(db, 'events'), await rowsOf(db, 'audit')];
      await runMigration(db, '0009_months.sql');
      expect(await rowsOf(db, 'events')).toEqual(events);
      expect(await rowsOf(db, 'audit')).toEqual(audit);
      expect(await countIn(db, 'events_default')).toBe(2);
    });

    it('are written and cleared by servers of the version before, which run on', async () => {
      await writeEvents(db, new Date(now.getTime() + 1), 10);
      await writeAct(db);
      await deleteBefore(db, now);
      expect(await countIn(db, 'events')).toBe(212);
      expect(await verifyAudit(db)).toMatchObject({ whole: true, entries: 4 });
    });

    it('have their indexes once: what was there became a part of what is there now', async () => {
      const { rows } = await sql<{ indexes: number }>`
      SELECT count(*)::int AS indexes FROM pg_indexes WHERE tablename ~ '^(events|audit)_until_' GROUP BY tablename ORDER BY tablename`.execute(
        db,
      );
      expect(rows).toEqual([{ indexes: 5 }, { indexes: 6 }]);
    });
  },
);
