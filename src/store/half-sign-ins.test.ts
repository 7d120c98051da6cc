import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { userInputSchema } from '../directory/user.ts';
import { beginHalfSignIn, findHalfSignIn } from './half-sign-ins.ts';
import { findPerson, keepPassword, replaceHash, writePassword, type Person } from './passwords.ts';
import { transact } from './transact.ts';
import { createUser } from './users.ts';

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
});
