import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { loadConfig } from '../config.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';

const refusal = (databaseUrl: string): Promise<unknown> =>
  openDatabase({ databaseUrl, databasePool: 2, dataDir: 'unused' }).then(
    () => 'opened',
    (error: unknown) => (error instanceof Error ? error.message : error),
  );

describe('a PostgreSQL that can not be used', () => {
  it('is named, with the reason and what to do, without its password', async () => {
    const message = await refusal('postgres://someone:hunter2@127.0.0.1:1/rollcall');
    expect(message).toContain("The database at 127.0.0.1:1/rollcall can't be used: connect ECONNREFUSED");
    expect(message).toContain('Check DATABASE_URL');
    expect(message).not.toContain('hunter2');
  });
});

describe.runIf(databaseKinds.includes('postgres'))('PostgreSQL', () => {
  it('refuses a wrong password in words', async () => {
    const database = await testDatabase('postgres');
    const url = new URL(database.env.DATABASE_URL ?? '');
    url.password = 'wrong';
    expect(await refusal(url.href)).toContain('password authentication failed');
  });

  it('listens again after its connection was lost', async () => {
    const database = await testDatabase('postgres');
    const heard: string[] = [];
    await database.listen('test_channel', (payload) => heard.push(payload));
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND application_name = 'rollcall listener'`.execute(
      database.db,
    );
    await vi.waitFor(async () => {
      await sql`SELECT pg_notify('test_channel', 'again')`.execute(database.db);
      expect(heard).toContain('again');
    }, 10_000);
  });

  it('goes on after all of its connections were lost', async () => {
    const database = await testDatabase('postgres');
    const other = await openDatabase(loadConfig(database.env));
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(other.db);
    await vi.waitFor(() => sql`SELECT 1`.execute(database.db));
    await other.close();
  });

  it('fails a transaction whose connection is lost between two statements, and lives on', async () => {
    const database = await testDatabase('postgres');
    const other = await openDatabase(loadConfig(database.env));
    const broken = database.db.transaction().execute(async (tx) => {
      await sql`SELECT 1`.execute(tx);
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'idle in transaction'`.execute(other.db);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await sql`SELECT 2`.execute(tx);
    });
    // An error that nobody catches would end the process; here it fails the run.
    await expect(broken).rejects.toThrow();
    await sql`SELECT 1`.execute(database.db);
    await other.close();
  });

  it('R43: lets go of the locks of a host that vanished in the middle of a transaction before a lease is over', async () => {
    const { db } = await testDatabase('postgres');
    const { rows } = await sql<{ seconds: number }>`
      SELECT extract(epoch FROM current_setting('idle_in_transaction_session_timeout')::interval)::float8 AS seconds`.execute(
      db,
    );
    expect(rows[0]?.seconds).toBeGreaterThan(0);
    expect(rows[0]?.seconds).toBeLessThan(loadConfig({}).leaseSeconds);
  });

  it('is migrated once by processes that start at the same moment', async () => {
    const database = await testDatabase('postgres');
    await sql`DROP SCHEMA public CASCADE`.execute(database.db);
    await sql`CREATE SCHEMA public`.execute(database.db);
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(loadConfig(database.env))));
    const applied = await Promise.all(others.map(migrate));
    expect(applied.flat().filter((name) => name === '0001_initial')).toHaveLength(1);
    await Promise.all(others.map((other) => other.close()));
  });

  it('refuses tables that a newer version made', async () => {
    const database = await testDatabase('postgres');
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999_future', 'x')`.execute(
      database.db,
    );
    await expect(migrate(database)).rejects.toThrow('made by a newer one');
  });
});
