/** What would follow is told before it is saved, and is what then follows. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseKinds } from '../support/database.ts';
import { startScene } from '../support/scene.ts';

const NOTHING = { create: 0, refused: 0, reactivate: 0, manage: 0, deactivate: 0 };

describe.each(databaseKinds)('what would follow, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, at } = scene;
  const { db } = scene.rollcall.database;
  await scene.activate();
  const ids = new Map<string, string>();
  for (const name of ['ada', 'bea', 'cyd', 'dan', 'eva', 'fay']) ids.set(name, await scene.user(name));
  const id = (name: string): string => ids.get(name) ?? '';
  const group = async (name: string, members: readonly string[]): Promise<string> => {
    const { body } = await api('POST', '/groups', { name });
    const made = z.looseObject({ id: z.string() }).parse(body).id;
    await api('POST', `/groups/${made}/members`, { add: members.map(id) });
    return made;
  };
  const staff = await scene.boundGroup('Staff', ['ada', 'bea', 'cyd'].map(id));
  const editors = await scene.boundGroup('Editors', [id('ada')]);
  const guests = await group('Guests', ['cyd', 'dan', 'eva', 'fay']);
  const empty = await group('Empty', []);
  await api('PATCH', `/users/${id('fay')}`, { state: 'suspended' });
  await scene.idle();
  const preview = async (add: readonly string[], remove: readonly string[] = []) =>
    (await api('POST', at('/groups/preview'), { add, remove })).body;
  const marks = async (): Promise<number> =>
    (await sql<{ n: number }>`SELECT count(*)::int AS n FROM pending`.execute(db)).rows[0]?.n ?? -1;

  test('R24: binding creates those who are active and not there, unbinding deactivates those whom nothing else assigns', async () => {
    expect(await preview([guests, empty])).toEqual({
      connection: 'active',
      users: { ...NOTHING, create: 2 },
      groups: { create: 1, takeOver: 0, stop: 0 },
      held: false,
      reason: null,
    });
    expect(await preview([], [staff])).toMatchObject({
      users: { ...NOTHING, deactivate: 2 },
      groups: { create: 0, takeOver: 0, stop: 1 },
    });
    expect(await preview([guests], [staff])).toMatchObject({
      users: { ...NOTHING, create: 2, deactivate: 1 },
    });
    expect(await preview([staff], [guests])).toMatchObject({
      users: NOTHING,
      groups: { create: 0, stop: 0 },
    });
    expect(await preview([])).toMatchObject({ users: NOTHING });
    expect(await marks()).toBe(0);
  });

  test('R47: who would get an account and cannot be sent is counted apart', async () => {
    const { body } = await api('POST', '/users', { username: 'without-address', state: 'active' });
    const nobody = z.looseObject({ id: z.string() }).parse(body).id;
    const visitors = await group('Visitors', ['dan']);
    await api('POST', `/groups/${visitors}/members`, { add: [nobody] });
    expect(await preview([visitors])).toMatchObject({ users: { ...NOTHING, create: 1, refused: 1 } });
    expect((await api('POST', `/groups/${staff}/members/preview`, { add: [nobody] })).body).toMatchObject({
      applications: [{ users: { ...NOTHING, refused: 1 } }],
    });
    await api('DELETE', `/users/${nobody}`);
    await api('DELETE', `/groups/${visitors}`);
    await scene.idle();
  });

  test('R46: it says that the leavers would be held, and why', async () => {
    await api('PATCH', at('/identity-management'), { threshold: { number: 1, percent: 50 } });
    expect(await preview([], [staff])).toMatchObject({
      held: true,
      reason: expect.stringContaining('2 of 3 users') as string,
    });
    await api('PATCH', at('/identity-management'), { threshold: { number: 25, percent: 20 } });
    await scene.idle();
  });

  test('R21: a group of whose name the last inventory saw one is taken over', async () => {
    await sql`
      INSERT INTO remote_resources (application_id, kind, remote_id, key, representation, run)
      VALUES (${scene.applicationId}, 'group', 'r1', 'guests', '{}', gen_random_uuid())`.execute(db);
    expect(await preview([guests])).toMatchObject({ groups: { create: 0, takeOver: 1, stop: 0 } });
  });

  test('R7: without group management no group is touched', async () => {
    await api('PATCH', at('/identity-management'), { groupManagement: false });
    expect(await preview([guests], [staff])).toMatchObject({
      users: { create: 2, deactivate: 1 },
      groups: { create: 0, takeOver: 0, stop: 0 },
    });
    await api('PATCH', at('/identity-management'), { groupManagement: true });
    await scene.idle();
  });

  test('R25: of deleting a group, in each application that it is bound to', async () => {
    expect((await api('GET', `/groups/${staff}/consequences`)).body).toEqual({
      applications: [
        {
          application: { id: scene.applicationId, label: 'Segment' },
          connection: 'active',
          deletesGroup: true,
          deactivate: 2,
          held: false,
          reason: null,
        },
      ],
    });
    expect((await api('GET', `/groups/${editors}/consequences`)).body).toMatchObject({
      applications: [{ deactivate: 0, deletesGroup: true }],
    });
    expect((await api('GET', `/groups/${guests}/consequences`)).body).toEqual({ applications: [] });
  });

  test('R12, R46: of people who join and leave a group, in each application that it is bound to', async () => {
    const members = async (change: { add?: string[]; remove?: string[] }, of = staff) =>
      (await api('POST', `/groups/${of}/members/preview`, change)).body;
    const inSegment = { application: { id: scene.applicationId, label: 'Segment' }, connection: 'active' };
    // Ada stays as an editor; Dan is in no bound group; Fay is suspended.
    expect(await members({ remove: ['ada', 'bea', 'cyd', 'dan'].map(id) })).toEqual({
      applications: [{ ...inSegment, users: { ...NOTHING, deactivate: 2 }, held: false, reason: null }],
    });
    expect(await members({ add: ['ada', 'dan', 'fay'].map(id), remove: [id('bea')] })).toMatchObject({
      applications: [{ users: { ...NOTHING, create: 1, deactivate: 1 } }],
    });
    expect(await members({ remove: [id('cyd')] }, guests)).toEqual({ applications: [] });
    await api('PATCH', at('/identity-management'), { threshold: { number: 1, percent: 50 } });
    expect(await members({ remove: ['bea', 'cyd'].map(id) })).toMatchObject({
      applications: [{ held: true, reason: expect.stringContaining('2 of 3 users') as string }],
    });
    await api('PATCH', at('/identity-management'), { threshold: { number: 25, percent: 20 } });
    await scene.idle();
    expect(await marks()).toBe(0);
  });

  test('R12: whoever leaves a group loses what its preview says', async () => {
    const change = { remove: [id('bea')] };
    expect((await api('POST', `/groups/${staff}/members/preview`, change)).body).toMatchObject({
      applications: [{ users: { ...NOTHING, deactivate: 1 } }],
    });
    await api('POST', `/groups/${staff}/members`, change);
    await scene.idle();
    expect((await api('GET', at('/users?state=inactive'))).body).toMatchObject({ total: 1 });
    expect((await api('POST', `/groups/${staff}/members/preview`, { add: [id('bea')] })).body).toMatchObject({
      applications: [{ users: { ...NOTHING, reactivate: 1 } }],
    });
    await api('POST', `/groups/${staff}/members`, { add: [id('bea')] });
    await scene.idle();
  });

  test('it is what then follows; who left comes back to their account', async () => {
    await api('POST', at('/groups'), { remove: [staff] });
    await scene.idle();
    expect((await api('GET', at('/users?state=inactive'))).body).toMatchObject({ total: 2 });
    expect(await preview([staff])).toMatchObject({ users: { ...NOTHING, reactivate: 2 } });
  });

  test('R34: an imported account is managed from then on', async () => {
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, managed)
      VALUES (${scene.applicationId}, 'user', ${id('dan')}, 'dan', 'imported', 'active', false)`.execute(db);
    expect(await preview([guests])).toMatchObject({ users: { create: 1, manage: 1 } });
  });

  test('R49: a group that does not exist is named', async () => {
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect(await preview([unknown])).toMatchObject({ status: 400, errors: [{ path: 'add[0]' }] });
    expect(await preview([staff], [staff])).toMatchObject({ status: 400, errors: [{ path: 'remove[0]' }] });
  });

  test('R49: a user who does not exist is named, and so is a group', async () => {
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';
    const members = async (group: string, change: object) =>
      (await api('POST', `/groups/${group}/members/preview`, change)).body;
    expect(await members(staff, { add: [unknown] })).toMatchObject({
      status: 400,
      errors: [{ path: 'add[0]' }],
    });
    expect(await members(staff, { add: [id('ada')], remove: [id('ada')] })).toMatchObject({
      status: 400,
      errors: [{ path: 'remove[0]' }],
    });
    expect(await members(unknown, {})).toMatchObject({ status: 404 });
  });
});
