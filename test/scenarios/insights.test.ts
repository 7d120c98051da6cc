/** What was provisioned over time: days of UTC, bounded, from indexes. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../src/clock.ts';
import { floorId } from '../../src/store/event-ids.ts';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { startScene } from '../support/scene.ts';

const daysSchema = z.object({ days: z.array(z.looseObject({ day: z.string() })) });
const now = new Date('2026-11-26T12:00:00Z');

interface Past {
  readonly at: string;
  readonly operation: string;
  readonly outcome?: string;
  readonly sentence?: string;
  readonly changedAt?: string;
}

describe.each(databaseKinds)('insights, on the %s database', async (kind) => {
  const api = await startApi(kind, { clock: { ...systemClock, now: () => now } });
  const { db } = api.database;
  const add = (label: string): Promise<string> => made(api, '/applications', { connector: 'scim2', label });
  const [one, two] = [await add('One'), await add('Two')];
  let count = 0;

  async function past(
    applicationId: string,
    { at, operation, outcome = 'done', sentence = 'Done', changedAt }: Past,
  ) {
    const id = floorId(Date.parse(at)).slice(0, 24) + String((count += 1)).padStart(12, '0');
    const cause = changedAt === undefined ? null : JSON.stringify({ action: 'x', actor: 'y', at: changedAt });
    await sql`
      INSERT INTO events (id, application_id, at, kind, subject_id, subject_name, operation, outcome, sentence, cause)
      VALUES (${id}, ${applicationId}, ${at}, 'user', ${id}, 'Ada Test (ada@acme.test)', ${operation}, ${outcome}, ${sentence}, ${cause}::json)`.execute(
      db,
    );
  }

  const read = async (path: string) => {
    const { body, status } = await api.call('GET', `/insights/${path}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const days = async (path: string) => daysSchema.parse(await read(path)).days;

  await past(one, { at: '2026-11-26T00:00:00Z', operation: 'createUser' });
  await past(one, { at: '2026-11-25T23:59:59Z', operation: 'createUser' });
  await past(one, { at: '2026-11-25T12:00:00Z', operation: 'updateUser' });
  await past(one, { at: '2026-11-25T12:00:00Z', operation: 'reactivateUser' });
  await past(one, { at: '2026-11-24T12:00:00Z', operation: 'changeMembers' });
  await past(one, { at: '2026-11-23T23:59:59Z', operation: 'createUser' });
  for (const seconds of ['01', '02', '03', '59'])
    await past(one, {
      at: `2026-11-25T12:00:${seconds}Z`,
      operation: 'deactivateUser',
      changedAt: '2026-11-25T12:00:00.000Z',
    });
  await past(two, { at: '2026-11-25T12:00:00Z', operation: 'deleteUser' });
  const refused = { operation: 'createUser', outcome: 'refused' };
  await past(two, {
    ...refused,
    at: '2026-11-25T12:00:00Z',
    sentence: 'ada@acme.test has no value for Title',
  });
  await past(two, {
    ...refused,
    at: '2026-11-26T11:00:00Z',
    sentence: 'Ada Test (ada@acme.test) is unknown',
  });
  await past(two, {
    ...refused,
    at: '2026-11-26T11:30:00Z',
    sentence: 'Ada Test (ada@acme.test) is unknown',
  });
  await past(two, {
    at: '2026-11-26T11:00:00Z',
    operation: 'createUser',
    outcome: 'later',
    sentence: 'No answer',
  });
  await past(one, {
    at: '2026-11-26T11:00:00Z',
    operation: 'pauseConnection',
    outcome: 'stopped',
    sentence: 'Paused',
  });

  test('what was done, day by day, with the days on which nothing was', async () => {
    const nothing = {
      created: 0,
      updated: 0,
      reactivated: 0,
      deactivated: 0,
      groupChanges: 0,
      refused: 0,
      failed: 0,
    };
    expect(await days('provisioning?days=3')).toEqual([
      { ...nothing, day: '2026-11-24', groupChanges: 1 },
      { ...nothing, day: '2026-11-25', created: 1, updated: 1, reactivated: 1, deactivated: 5, refused: 1 },
      { ...nothing, day: '2026-11-26', created: 1, refused: 2, failed: 2 },
    ]);
    expect(await days(`provisioning?days=1&application=${two}`)).toEqual([
      { ...nothing, day: '2026-11-26', refused: 2, failed: 1 },
    ]);
    expect(await days('provisioning')).toHaveLength(30);
  });

  test('how long leavers waited; who left without a known change is left out', async () => {
    expect(await days('leavers?days=2')).toEqual([
      { day: '2026-11-25', count: 4, p50Seconds: 2.5, p95Seconds: expect.closeTo(50.6, 1) as number },
      { day: '2026-11-26', count: 0, p50Seconds: null, p95Seconds: null },
    ]);
    expect(await days(`leavers?days=2&application=${two}`)).toMatchObject([{ count: 0 }, { count: 0 }]);
  });

  test('what went wrong, the worst application first, with what was said most often and of nobody by name', async () => {
    expect(await read('errors?days=2')).toEqual({
      applications: [
        {
          application: { id: two, label: 'Two' },
          refused: 3,
          later: 1,
          stopped: 0,
          frequent: [
            { sentence: '… is unknown', count: 2 },
            { sentence: 'No answer', count: 1 },
            { sentence: '… has no value for Title', count: 1 },
          ],
        },
        {
          application: { id: one, label: 'One' },
          refused: 0,
          later: 0,
          stopped: 1,
          frequent: [{ sentence: 'Paused', count: 1 }],
        },
      ],
    });
  });

  test.each(['0', '91', '1.5', 'x'])('R49: %s days are refused by name', async (given) => {
    const answer = await api.call('GET', `/insights/leavers?days=${given}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'days' }] } });
  });
});

describe.each(databaseKinds)("a leaver's wait, on the %s database", async (kind) => {
  const scene = await startScene(kind);
  const { api } = scene;
  const { db } = scene.rollcall.database;
  const ada = await scene.user('ada');
  await scene.boundGroup('Staff', [ada]);
  await scene.activate();
  await scene.idle();
  const suspend = () => api('PATCH', `/users/${ada}`, { state: 'suspended' });
  const waits = async () => daysSchema.parse((await api('GET', '/insights/leavers?days=1')).body).days;

  test('begins with the change, and ends with the answer', async () => {
    await scene.control('PATCH', '/behaviour', { latencyMs: 400 });
    await suspend();
    await scene.idle();
    const [today] = await waits();
    expect(today).toMatchObject({ count: 1 });
    expect(z.object({ p50Seconds: z.number().min(0.4).max(30) }).safeParse(today).success).toBe(true);
    await scene.control('PATCH', '/behaviour', { latencyMs: 0 });
  });

  test('a mark of a leaver keeps the time of the first change, and takes the name of the last', async () => {
    await api('PATCH', `/users/${ada}`, { state: 'active' });
    await scene.idle();
    await sql`UPDATE lanes SET due_at = 'infinity', owner = 'nobody', until = now() + interval '1 hour'`.execute(
      db,
    );
    const cause = async () =>
      z
        .object({ action: z.string(), at: z.iso.datetime() })
        .parse(
          (await db.selectFrom('pending').select('cause').where('kind', '=', 'user').executeTakeFirst())
            ?.cause,
        );
    await suspend();
    const first = await cause();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await api('PATCH', `/users/${ada}`, { firstname: 'Ada' });
    expect(await cause()).toEqual(first);
    await sql`UPDATE pending SET priority = 1`.execute(db);
    await suspend();
    await api('PATCH', `/users/${ada}`, { firstname: 'Augusta' });
    expect((await cause()).at > first.at).toBe(true);
  });
});
