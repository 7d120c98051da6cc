/** A gateway that has no route to the application for a while, and answers 404 to whatever it is asked. */
import { describe, expect, test } from 'vitest';
import type { Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { stage } from '../support/stage.ts';
import { startBetween } from '../support/target.ts';

const NO_ROUTE = { status: 404, body: '{"message":"no Route matched"}', type: 'application/json' };

/** What is changed while there is no route, and what the application holds in the end. */
const CHANGES: readonly (readonly [
  what: string,
  change: (company: Company) => Promise<void>,
  people: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
])[] = [
  ['R12: a leaver is deactivated', (it) => it.suspends('bob'), ['ada'], { Staff: ['ada'], Editors: [] }],
  ['R25: a group is deleted', (it) => it.dissolves('Editors'), ['ada', 'bob'], { Staff: ['ada', 'bob'] }],
  [
    'R10: whoever is hired gets an account',
    (it) => it.hires('cyd', ['Staff']),
    ['ada', 'bob', 'cyd'],
    { Staff: ['ada', 'bob', 'cyd'], Editors: ['bob'] },
  ],
  [
    'R22: a member is removed',
    (it) => it.removes('Editors', 'bob'),
    ['ada', 'bob'],
    { Staff: ['ada', 'bob'], Editors: [] },
  ],
  [
    'R23: a group is renamed',
    (it) => it.renames('Editors', 'Authors'),
    ['ada', 'bob'],
    { Staff: ['ada', 'bob'], Authors: ['bob'] },
  ],
];

const isPaused = (company: Company): Promise<void> =>
  expect.poll(() => company.status()).toMatchObject({ state: 'paused', reason: { code: 'no-endpoint' } });

describe.each(databaseKinds)('no route to the application, on the %s database', async (kind) => {
  const { company: begins, segment, endsWith } = await stage(kind);

  test.each(CHANGES)('%s once there is one again', async (_, change, people, groups) => {
    let isGone = false;
    const baseUrl = await startBetween(segment.baseUrl, (_asked, pass) => (isGone ? NO_ROUTE : pass()));
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
      connection: { baseUrl },
    });
    isGone = true;
    await change(company);
    await isPaused(company);
    isGone = false;
    await company.resumes();
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people, groups });
  });

  test('R12: a leaver is not taken for gone where the route comes back just as the list is asked for', async () => {
    let isGone = false;
    const baseUrl = await startBetween(segment.baseUrl, ({ path }, pass) => {
      isGone &&= !path.startsWith('/Users?startIndex=1&count=1');
      return isGone ? NO_ROUTE : pass();
    });
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { baseUrl },
    });
    isGone = true;
    await company.suspends('bob');
    const error = { code: 'not-changeable', retrying: false, status: 404 };
    await expect.poll(() => company.account('bob')).toMatchObject({ state: 'active', error });
    endsWith({ refuseUser: 1 });
  });

  test('R42: whose account may have been made is looked for once there is one again', async () => {
    let [isGone, isLost] = [false, false];
    const baseUrl = await startBetween(segment.baseUrl, async ({ method, path }, pass) => {
      if (isGone) return NO_ROUTE;
      const answered = await pass();
      if (!isLost || method !== 'POST' || path !== '/Users') return answered;
      isGone = true;
      throw new Error('The answer is lost.');
    });
    const company = await begins({
      users: ['ada'],
      groups: { Staff: ['ada'] },
      connection: { baseUrl },
    });
    isLost = true;
    await company.hires('cyd', ['Staff']);
    await expect.poll(() => isGone).toBe(true);
    await company.suspends('cyd');
    await isPaused(company);
    [isGone, isLost] = [false, false];
    await company.resumes();
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
  });
});
