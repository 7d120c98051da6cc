import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  databaseKinds,
  testDatabase,
  testEnvironment,
  type TestDatabase,
} from '../../test/support/database.ts';
import { loadConfig } from '../config.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';
import { hasSecret, readSecret, secretBox, writeSecret } from './secrets.ts';

describe.each(databaseKinds)('the store on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
  });
  afterAll(() => database.close());

  it('is migrated once', async () => expect(await migrate(database)).toEqual([]));

  it('is empty in each test', async () => {
    const other = await testDatabase(kind);
    await writeSecret(other.db, secretBox(Buffer.alloc(32)), 'only/there', 'x');
    expect(await hasSecret(database.db, 'only/there')).toBe(false);
    await other.close();
  });

  it('hears notifications when they are committed, until it stops listening', async () => {
    const heard: string[] = [];
    const stop = await database.listen('test_channel', (payload) => heard.push(payload));
    await database.db.transaction().execute(async (tx) => {
      await sql`SELECT pg_notify('test_channel', 'first')`.execute(tx);
      expect(heard).toEqual([]);
    });
    await vi.waitFor(() => expect(heard).toEqual(['first']));
    await stop();
    await sql`SELECT pg_notify('test_channel', 'second')`.execute(database.db);
    const stopOther = await database.listen('other_channel', (payload) => heard.push(payload));
    await sql`SELECT pg_notify('other_channel', 'third')`.execute(database.db);
    await vi.waitFor(() => expect(heard).toEqual(['first', 'third']));
    await stopOther();
  });

  it('keeps and replaces secrets, encrypted', async () => {
    const box = secretBox(Buffer.alloc(32, 1));
    await writeSecret(database.db, box, 'application/1/token', 'first');
    await writeSecret(database.db, box, 'application/1/token', 'second');
    expect(await readSecret(database.db, box, 'application/1/token')).toBe('second');
    const stored = await database.db.selectFrom('secrets').selectAll().executeTakeFirstOrThrow();
    expect(stored.ciphertext.includes('second')).toBe(false);
  });

  it('keeps what was committed when it is closed and opened again', async () => {
    const { env } = await testEnvironment(kind);
    const box = secretBox(Buffer.alloc(32, 1));
    const first = await openDatabase(loadConfig(env));
    await writeSecret(first.db, box, 'kept', 'still here');
    await first.close();
    const second = await openDatabase(loadConfig(env));
    expect(await readSecret(second.db, box, 'kept')).toBe('still here');
    await second.close();
  });
});

it.each(databaseKinds.filter((kind) => kind === 'embedded'))(
  'holds no database to make others from: %s',
  async (kind) => {
    const { db, close } = await testDatabase(kind);
    const { rows } = await sql`SELECT datname FROM pg_database`.execute(db);
    expect(rows).toEqual([{ datname: 'postgres' }]);
    await close();
  },
);
