import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { IS_UNIQUE } from './unique-ids.ts';

describe.each(databaseKinds)('ids that no two targets give by chance, on %s', async (kind) => {
  const { db, close } = await testDatabase(kind);
  afterAll(close);

  it.each([
    ['a UUID', '5f0c1a52-7f3e-4b1d-9a44-0d1f6a2b9c3e', true],
    ['a UUID without dashes', '5f0c1a527f3e4b1d9a440d1f6a2b9c3e', true],
    ['an ObjectId', '507f1f77bcf86cd799439011', true],
    ['letters and digits as they come', 'sgJDWk3K21k6LE5tLU9nRK', true],
    ['letters and digits with what may be a word', '0ujtsYcgvSTl8PAuAdqWYSMnLOv', false],
    ['a number', '42', false],
    ['a long number', '739458320945832094583245', false],
    ['a number with zeros before it', '00000000-0000-0000-0000-00000000004a', false],
    ['a prefix and a number', 'user000000000000000042', false],
    ['an address', 'grace.hopper1906@navy.example', false],
    ['words', 'engineering-department-2024', false],
    ['words without dashes', 'EngineeringDepartment2024', false],
    ['words with a digit inside', 'Sales2ndLineSupportTeam', false],
    ['words with a year inside', 'Team2024EngineeringBerlin', false],
    ['words with a number inside', 'Customer360AnalyticsTeam', false],
    ['words with two numbers inside', 'Q3SalesTeam2024NordWest1', false],
    ['base64 of a counter', 'MDQ6VXNlcjEyMzQ1Njc4', false],
    ['base64 of a word and a counter', 'VXNlckFjY291bnQ6MTA0MjE3', false],
    ['base64 without its end', 'dXNlci1hY2NvdW50LTEwNDJ4Mw', false],
    ['hex of a word and a counter', '557365724163636f756e743a313034323137', false],
    ['hex of it in capitals', '557365724163636F756E743A313034323137', false],
    ['something short', 'a8Xk2', false],
  ])('R17: %s: %s is %s', async (_, id, unique) => {
    const { rows } = await sql`SELECT ${IS_UNIQUE} AS is FROM (VALUES (${id}::text)) AS l(remote_id)`.execute(
      db,
    );
    expect(rows).toEqual([{ is: unique }]);
  });
});
