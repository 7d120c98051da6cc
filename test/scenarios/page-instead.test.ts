/** A proxy that shows a page for people, with a 200, in the place of the application: a sign-in, or "down for maintenance". */
import { describe, expect, test } from 'vitest';
import type { Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { stage } from '../support/stage.ts';
import { startBetween } from '../support/target.ts';

const PAGE = { status: 200, body: '<!doctype html><title>Sign in</title>', type: 'text/html' };

/** What is changed while the page is shown, where that is told, and what the application holds in the end. */
const CHANGES: readonly (readonly [
  what: string,
  change: (company: Company) => Promise<void>,
  record: (company: Company) => Promise<unknown>,
  people: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
])[] = [
  [
    'R12: a leaver is deactivated',
    (company) => company.suspends('bob'),
    (company) => company.account('bob'),
    ['ada'],
    { Staff: ['ada'] },
  ],
  [
    'R23: a group gets its new name',
    (company) => company.renames('Staff', 'Crew'),
    (company) => company.linkedGroup('Staff'),
    ['ada', 'bob'],
    { Crew: ['ada', 'bob'] },
  ],
  [
    'R22: a member is added',
    (company) => company.hires('cyd', ['Staff']),
    (company) => company.linkedGroup('Staff'),
    ['ada', 'bob', 'cyd'],
    { Staff: ['ada', 'bob', 'cyd'] },
  ],
];

describe.each(databaseKinds)('a page in the place of the application, on the %s database', async (kind) => {
  const { company: begins, segment } = await stage(kind);

  test.each(CHANGES)('%s once the page is gone', async (_, change, record, people, groups) => {
    let isShown = false;
    const baseUrl = await startBetween(segment.baseUrl, ({ method }, pass) =>
      isShown && method !== 'GET' && method !== 'POST' ? PAGE : pass(),
    );
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { baseUrl },
    });
    isShown = true;
    await change(company);
    await expect
      .poll(() => record(company))
      .toMatchObject({ state: 'active', error: { code: 'not-scim', retrying: true, said: 'Sign in' } });
    isShown = false;
    await company.untilIdle();
    expect(await segment.holds()).toEqual({ people, groups });
  });
});
