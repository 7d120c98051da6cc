import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('embedded');
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
    (await sql<{ twice: number }>`SELECT /* once */ 2 * ${number}::int AS twice`.execute(database.db)).rows[0]
      ?.twice;
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

it('beyond what is kept, statements run unprepared', async () => {
  for (let at = 0; at < 1100; at += 1)
    await sql`SELECT /* many */ ${sql.raw(String(at))} + ${at}::int`.execute(database.db);
  const { length } = await preparedWith('many');
  expect(length).toBeGreaterThan(900);
  expect(length).toBeLessThanOrEqual(1000);
});
