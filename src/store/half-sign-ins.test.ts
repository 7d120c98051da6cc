import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { userInputSchema } from '../directory/user.ts';
import type { Handle } from './database.ts';
import { lockPerson } from './guarded-person.ts';
import { beginHalfSignIn, findHalfSignIn } from './half-sign-ins.ts';
import { findPerson, keepPassword, replaceHash, writePassword, type Person } from './passwords.ts';
import { transact } from './transact.ts';
import { createUser } from './users.ts';

/** Somebody waits for a lock in this database. */
const untilSomebodyWaits = (db: Handle): Promise<void> =>
  expect
    .poll(async () => {
      const { rows } = await sql`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(
        db,
      );
      return rows.length;
    })
    .toBeGreaterThan(0);

describe.each(databaseKinds)('a password that was looked at just before it changed, on %s', (kind) => {
  let database: TestDatabase;
  const looked = async (): Promise<Person> => {
    const ada = await findPerson(database.db, 'ada');
    if (ada === undefined) throw new Error('Ada should be there.');
    return ada;
  };

  beforeAll(async () => {
    database = await testDatabase(kind);
    const { id } = await transact(database, (tx) =>
      createUser(tx, userInputSchema.parse({ username: 'ada' })),
    );
    await writePassword(database.db, id, 'first');
  });
  afterAll(() => database.close());

  it('counts where it was only hashed anew', async () => {
    const person = await looked();
    await replaceHash(database.db, person.userId, 'first', 'renewed');
    expect(await beginHalfSignIn(database.db, 'renewed', person)).toBe(true);
    expect(await findHalfSignIn(database.db, 'renewed')).toMatchObject({ username: 'ada' });
    expect(
      await transact(database, (tx) => keepPassword(tx, person.userId, person.passwordSince ?? '')),
    ).toBe(true);
  });

  it('begins nothing where it is another one by now', async () => {
    const person = await looked();
    await writePassword(database.db, person.userId, 'second');
    expect(await beginHalfSignIn(database.db, 'late', person)).toBe(false);
    expect(await findHalfSignIn(database.db, 'late')).toBeUndefined();
    expect(
      await transact(database, (tx) => keepPassword(tx, person.userId, person.passwordSince ?? '')),
    ).toBe(false);
  });

  if (kind === 'postgres')
    it('begins nothing, and is in nobody’s way, while it is being changed', async () => {
      const person = await looked();
      let beginning: Promise<boolean> | undefined;
      await database.db.transaction().execute(async (tx) => {
        await lockPerson(tx, person.userId);
        beginning = beginHalfSignIn(database.db, 'meanwhile', person);
        await untilSomebodyWaits(database.db);
        await writePassword(tx, person.userId, 'third');
      });
      expect(await beginning).toBe(false);
    });
});
