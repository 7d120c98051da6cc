import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import type { Handle } from './database.ts';
import { transact } from './transact.ts';

describe.each(databaseKinds)('prepared statements (%s)', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
  });
  afterAll(() => database.close());

  /** The prepared texts that contain the mark, and how often they were planned. */
  async function preparedWith(mark: string): Promise<{ statement: string; plans: number }[]> {
    const { rows } = await sql<{ statement: string; plans: number }>`
      SELECT statement, (generic_plans + custom_plans)::int AS plans FROM pg_prepared_statements
      WHERE statement LIKE ${`%/* ${mark} */%`} AND statement NOT LIKE '%pg_prepared_statements%'`.execute(
      database.db,
    );
    return rows;
  }

  it('a statement is prepared once, whatever its values', async () => {
    const double = async (number: number) =>
      (await sql<{ twice: number }>`SELECT /* once */ 2 * ${number}::int AS twice`.execute(database.db))
        .rows[0]?.twice;
    expect([await double(1), await double(2), await double(3)]).toEqual([2, 4, 6]);
    expect(await preparedWith('once')).toEqual([
      { statement: 'SELECT /* once */ 2 * $1::int AS twice', plans: 3 },
    ]);
  });

  it('several statements in one text, which none can be prepared, run', async () => {
    await sql`CREATE TABLE /* several */ a (b int); INSERT INTO a VALUES (1)`.execute(database.db);
    expect(await preparedWith('several')).toEqual([]);
  });

  it('a statement that failed can be tried again', async () => {
    const read = () => sql`SELECT c FROM later WHERE c = ${1}::int`.execute(database.db);
    await expect(read()).rejects.toThrow('later');
    await sql`CREATE TABLE later (c int)`.execute(database.db);
    expect((await read()).rows).toEqual([]);
  });

  it('a table that was given a column since is read as it is now', async () => {
    await sql`CREATE TABLE grown (a int)`.execute(database.db);
    await sql`INSERT INTO grown VALUES (1)`.execute(database.db);
    const read = (handle: Handle) => sql`SELECT * FROM grown WHERE a = ${1}::int`.execute(handle);
    await Promise.all([read(database.db), read(database.db), read(database.db)]);
    await sql`ALTER TABLE grown ADD b int`.execute(database.db);
    const unprepared = await read(database.db);
    expect([unprepared.rows, (await read(database.db)).rows]).toEqual(Array(2).fill([{ a: 1, b: null }]));
    await sql`ALTER TABLE grown ADD c int`.execute(database.db);
    expect((await transact(database, read)).rows).toEqual([{ a: 1, b: null, c: null }]);
  });

  it('beyond what is kept, statements run unprepared', async () => {
    for (let at = 0; at < 1100; at += 1)
      await sql`SELECT /* many */ ${sql.raw(String(at))} + ${at}::int`.execute(database.db);
    const { length } = await preparedWith('many');
    expect(length).toBeGreaterThan(900);
    expect(length).toBeLessThanOrEqual(1000);
  });
});
