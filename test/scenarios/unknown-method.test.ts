/** Targets that answer 404 to a method that they do not know, as a server does for which nobody wrote that route. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseKinds } from '../support/database.ts';
import { textLike } from '../support/matchers.ts';
import { emailOf } from '../support/segment.ts';
import { stage } from '../support/stage.ts';
import { startBetween, type Answered, type Requested } from '../support/target.ts';

const notFound = (method: string, path: string): Answered => ({
  status: 404,
  body: `Cannot ${method} ${path}`,
  type: 'text/plain',
});

describe.each(databaseKinds)('a method that the target does not know, on the %s database', async (kind) => {
  const { company, segment, endsWith } = await stage(kind);

  /** What the target answers in the place of Segment, from when a story says so. */
  let instead: (asked: Requested) => Answered | undefined = () => undefined;
  const baseUrl = await startBetween(segment.baseUrl, (asked, pass) => instead(asked) ?? pass());

  const begins = () => {
    instead = () => undefined;
    return company({
      connector: 'scim2',
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
      connection: { baseUrl },
    });
  };

  /** From now on it answers 404 to those methods on those records. */
  const lacks = (noun: '/Users/' | '/Groups/', ...methods: readonly string[]): void => {
    instead = ({ method, path }) =>
      path.startsWith(noun) && methods.includes(method) ? notFound(method, path) : undefined;
  };

  const notChangeable = { error: { code: 'not-changeable', retrying: false, status: 404 } };
  const both = { Staff: ['ada', 'bob'], Editors: ['bob'] };

  test.each([
    ['deactivate', ['PATCH', 'PUT']],
    ['delete', ['DELETE']],
  ])('R16: whoever leaves is not taken for gone where the target cannot %s', async (way, methods) => {
    const company = await begins();
    await company.configures({ behaviour: { users: { deprovision: way } } });
    lacks('/Users/', ...methods);
    await company.suspends('bob');
    await expect.poll(() => company.account('bob')).toMatchObject({ state: 'active', ...notChangeable });
    expect((await segment.holds()).people).toEqual(['ada', 'bob']);
    endsWith({ refuseUser: 1 });
  });

  test('R16: whoever gets another name gets no second account', async () => {
    const company = await begins();
    lacks('/Users/', 'PATCH', 'PUT');
    await company.changes('bob', { username: 'robert@example.com', email: 'robert@example.com' });
    await expect.poll(() => company.account('bob')).toMatchObject({ state: 'active', ...notChangeable });
    expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: both });
    endsWith({ refuseUser: 1 });
  });

  test('R16: whoever is back is told of, where the target can neither change nor create their account', async () => {
    const company = await begins();
    const { remoteId } = z.looseObject({ remoteId: z.string() }).parse(await company.account('bob'));
    await company.sends(() => company.suspends('bob'));
    const shown = { id: remoteId, userName: emailOf('bob'), active: false };
    instead = ({ method, path }) => {
      if (path.startsWith('/Users/') && method !== 'GET') return notFound(method, path);
      if (path === '/Users' && method === 'POST') return { status: 409, body: '{"scimType":"uniqueness"}' };
      const isFilter = path.startsWith('/Users?filter=') && path.includes('bob');
      return isFilter ? { status: 200, body: JSON.stringify({ Resources: [shown] }) } : undefined;
    };
    await company.reinstates('bob');
    await expect.poll(() => company.account('bob')).toMatchObject({ state: 'inactive', ...notChangeable });
    endsWith({ refuseUser: 1 });
  });

  test('R16: a group with another name is not created a second time', async () => {
    const company = await begins();
    lacks('/Groups/', 'PATCH', 'PUT');
    await company.renames('Editors', 'Authors');
    await expect.poll(() => company.linkedGroup('Editors')).toMatchObject(notChangeable);
    expect((await segment.holds()).groups).toEqual(both);
    endsWith({ refuseGroup: 1 });
  });

  test('R25: a group that the target cannot delete is not taken for deleted', async () => {
    const company = await begins();
    lacks('/Groups/', 'DELETE');
    await company.dissolves('Editors');
    await company.untilIdle();
    expect(await company.call('GET', '/events?operation=deleteGroup&limit=1')).toMatchObject({
      items: [{ outcome: 'refused', sentence: textLike(/but answered the change as if it were not there/) }],
    });
    endsWith({ refuseGroup: 1 });
  });

  test('R26: whoever cannot be taken out of a group is still in it', async () => {
    const company = await begins();
    lacks('/Groups/', 'PATCH', 'PUT');
    await company.removes('Editors', 'bob');
    await company.untilIdle();
    expect(await company.linkedGroup('Editors')).toMatchObject({
      members: { accepted: 1 },
      error: {
        code: 'removal-refused',
        message: textLike(/refused to remove Bob .*: The application shows this group/),
      },
    });
    endsWith({ refuseGroup: 1 });
  });
});
