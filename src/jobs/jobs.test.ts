import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../log.ts';
import type { Handle } from '../store/database.ts';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { makeBoss } from './boss.ts';
import { cleanUp } from './clean-up.ts';
import { imports } from './imports.ts';
import { startJobs } from './jobs.ts';
import { months } from './months.ts';
import { notices } from './notices.ts';

/** An event of so many days ago; its id begins with its time, as all do. */
async function writeEvents(handle: Handle, days: number, count: number): Promise<void> {
  await sql`
    INSERT INTO events (id, application_id, at, kind, subject_id, subject_name, operation, outcome, sentence)
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 19))::uuid,
      gen_random_uuid(), at, 'user', gen_random_uuid(), 'ada', 'createUser', 'done', 'Created'
    FROM generate_series(1, ${count}) AS n, (SELECT now() - make_interval(days => ${days}) AS at) AS day`.execute(
    handle,
  );
}

const APPLICATION = '01890a5d-ac96-774b-bcce-b302099a8057';

const settings = {
  config: { eventRetentionDays: 30 },
  address: 'https://rollcall.acme.test',
  log: silentLogger,
};

const countEvents = async (handle: Handle): Promise<number> =>
  (await sql<{ count: number }>`SELECT count(*)::int AS count FROM events`.execute(handle)).rows[0]?.count ??
  -1;

describe.each(databaseKinds)('background jobs (%s)', (kind) => {
  it('R48: cleans up what is older than it is to be kept, in any number of batches, and twice', async () => {
    const database = await testDatabase(kind);
    const deps = {
      ...settings,
      database,
      stopping: new AbortController().signal,
    };
    await writeEvents(database.db, 31, 4500);
    await writeEvents(database.db, 29, 7);
    await cleanUp.run(deps);
    expect(await countEvents(database.db)).toBe(7);
    await cleanUp.run(deps);
    expect(await countEvents(database.db)).toBe(7);
  });

  it('clears finished imports away with the log, row by row, and keeps those that run or whose end is still to be told', async () => {
    const database = await testDatabase(kind);
    const { db } = database;
    await sql`
      INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'segment', 'Segment')`.execute(
      db,
    );
    await sql`
      INSERT INTO imports (id, application_id, state, user_state, background, cause, mail_state, finished_at)
      SELECT gen_random_uuid(), ${APPLICATION}, state, 'staged', true, '{}', mail_state, now() - make_interval(days => days)
      FROM (VALUES ('done', 'sent', 31), ('done', 'none', 29), ('done', 'owed', 31), ('running', 'none', 31))
        AS i(state, mail_state, days)`.execute(db);
    await sql`
      INSERT INTO import_items (import_id, remote_id, person) SELECT id, n::text, '{}' FROM imports, generate_series(1, 2500) AS n`.execute(
      db,
    );
    await cleanUp.run({ ...settings, database, stopping: new AbortController().signal });
    const { rows } = await sql<{ state: string; mail: string; items: number }>`
      SELECT state, mail_state AS mail, (SELECT count(*)::int FROM import_items WHERE import_id = i.id) AS items
      FROM imports i ORDER BY state, mail_state`.execute(db);
    expect(rows).toEqual([
      { state: 'done', mail: 'none', items: 2500 },
      { state: 'done', mail: 'owed', items: 2500 },
      { state: 'running', mail: 'none', items: 2500 },
    ]);
  });

  it('starts and stops, also on a database that knows it already', async () => {
    const database = await testDatabase(kind);
    const deps = { ...settings, database };
    await (await startJobs(deps)).stop();
    await (await startJobs(deps)).stop();
    const { rows } = await sql<{
      name: string;
      cron: string;
    }>`SELECT name, cron FROM pgboss.schedule ORDER BY name`.execute(database.db);
    expect(rows).toEqual([
      { name: 'clean-up', cron: cleanUp.cron },
      { name: 'imports', cron: imports.cron },
      { name: 'months', cron: months.cron },
      { name: 'notices', cron: notices.cron },
    ]);
  });

  it('starts in several processes at once, on a database that does not know it yet', async () => {
    const database = await testDatabase(kind);
    const deps = { ...settings, database };
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => startJobs(deps)));
    const started = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(started.map((jobs) => jobs.stop()));
    expect(all.map((one) => (one.status === 'rejected' ? String(one.reason) : 'started'))).toEqual(
      all.map(() => 'started'),
    );
  });

  it('runs a job on the pool of everybody', async () => {
    const database = await testDatabase(kind);
    const boss = makeBoss(database, silentLogger);
    await boss.start();
    await boss.createQueue('greet');
    const ran = new Promise<unknown>((resolve) => {
      void boss.work('greet', { pollingIntervalSeconds: 0.5 }, ([job]) => {
        resolve(job?.data);
        return Promise.resolve();
      });
    });
    await boss.send('greet', { name: 'Ada' });
    expect(await ran).toEqual({ name: 'Ada' });
    await boss.stop();
  });

  it('leaves no failed transaction behind', async () => {
    const database = await testDatabase(kind);
    const boss = makeBoss(database, silentLogger);
    await boss.start();
    // A statement of several, as pg-boss sends them, that fails in the middle of its own transaction.
    await expect(boss.getDb().executeSql('BEGIN; SELECT 1 / 0; COMMIT', [])).rejects.toThrow(
      'division by zero',
    );
    expect(await countEvents(database.db)).toBe(0);
    await boss.stop();
  });
});
