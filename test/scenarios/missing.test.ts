/** Accounts that an application does not show: up to a number each is asked for, beyond it a person is. */
import { describe, expect, test } from 'vitest';
import { writes } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { textLike } from '../support/matchers.ts';
import { stage } from '../support/stage.ts';

const PEOPLE = Array.from({ length: 1100 }, (_, at) => `u${String(at).padStart(4, '0')}`);

describe.each(databaseKinds)('accounts that are missing, on the %s database', async (kind) => {
  const { company: begins, segment } = await stage(kind);

  test('R16: more than can be asked for are not believed to be gone, however small a share they are', async () => {
    const company = await begins({
      users: PEOPLE,
      groups: { Staff: PEOPLE },
      connection: {
        behaviour: { rate: { requestsPerSecond: 1000, concurrency: 50 } },
        threshold: { number: 25, percent: 100 },
      },
    });
    await segment.losesAccounts(PEOPLE.slice(0, 1001));
    expect(writes(await company.sends(() => company.ask('POST', '/sync', { full: true })))).toEqual([]);
    expect(await company.status()).toMatchObject({
      inventoryError: {
        code: 'not-believed',
        message: textLike(/^The application does not show 1,001 of the 1,100 users .*, which is too much/),
      },
    });
    expect(await company.call('GET', '/events?operation=inventory&limit=1')).toMatchObject({
      items: [
        { sentence: textLike(/: 99 users, of which 0 unknown; 1,001 missing, 0 changed, which is too much/) },
      ],
    });
    expect((await segment.holds()).people).toHaveLength(99);
  });
});
