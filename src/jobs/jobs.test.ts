import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../log.ts';
import type { Handle } from '../store/database.ts';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { makeBoss } from './boss.ts';
import { cleanUp } from './clean-up.ts';
import { imports } from './imports.ts';
import { startJobs } from './jobs.ts';

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

const countEvents = async (handle: Handle): Promise<number> =>
  (await sql<{ count: number }>`SELECT count(*)::int AS count FROM events`.execute(handle)).rows[0]?.count ??
  -1;

describe.each(databaseKinds)('background jobs (%s)', (kind) => {
  it('R48: cleans up what is older than it is to be kept, in any number of batches, and twice', async () => {
    const database = await testDatabase(kind);
    const deps = {
      database,
      config: { eventRetentionDays: 30 },
      log: silentLogger,
      stopping: new AbortController().signal,
    };
    await writeEvents(database.db, 31, 4500);
    await writeEvents(database.db, 29, 7);
    await cleanUp.run(deps);
    expect(await countEvents(database.db)).toBe(7);
    await cleanUp.run(deps);
    expect(await countEvents(database.db)).toBe(7);
  });

  it('starts and stops, also on a database that knows it already', async () => {
    const database = await testDatabase(kind);
    const deps = { database, config: { eventRetentionDays: 30 }, log: silentLogger };
    await (await startJobs(deps)).stop();
    await (await startJobs(deps)).stop();
    const { rows } = await sql<{
      name: string;
      cron: string;
    }>`SELECT name, cron FROM pgboss.schedule ORDER BY name`.execute(database.db);
    expect(rows).toEqual([
      { name: 'clean-up', cron: cleanUp.cron },
      { name: 'imports', cron: imports.cron },
    ]);
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
