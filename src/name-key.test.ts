import { sql } from 'kysely';
import { afterAll, describe, expect, it, test } from 'vitest';
import { databaseKinds, testDatabase } from '../test/support/database.ts';
import { nameKey, recordKey } from './name-key.ts';

const NAMES = [
  ['Ada@Example.com', 'ada@example.com'],
  ['İlse', 'ilse'],
  ['ÅSA', 'åsa'],
  ['ΠΩΛΗΣΕΙΣ', 'πωλησεισ'],
  ['πωλησεις', 'πωλησεις'],
  ['𐐀', '𐐨'],
  ['', ''],
] as const;

test.each(NAMES)('%s counts as the name %s', (name, key) => expect(nameKey(name)).toBe(key));

test('of a very long name, whole letters are compared', () =>
  expect(recordKey(`A${'𐐀'.repeat(600)}`)).toBe(`a${'𐐨'.repeat(499)}`));

describe.each(databaseKinds)('names on the %s database', async (kind) => {
  const { db, close } = await testDatabase(kind);
  afterAll(close);

  it.each(NAMES)('compares %s in the same form', async (name, key) => {
    const { rows } = await sql<{ key: string }>`SELECT lower(${name}::text) AS key`.execute(db);
    expect(rows).toEqual([{ key }]);
  });
});
