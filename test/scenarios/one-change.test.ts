/** One id leads from a call of the API to every request that comes of it, in the log and in the events (R48). */
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Answer } from '../support/api.ts';
import { person, type Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { until } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

const lineSchema = z.looseObject({ msg: z.string(), level: z.number(), requestId: z.string().optional() });
const eventsSchema = z.object({
  items: z.array(
    z.object({ operation: z.string(), cause: z.object({ requestId: z.string().optional() }).nullable() }),
  ),
});

const { debug, warn } = pino.levels.values;

describe.each(databaseKinds)('one change, on the %s database', async (kind) => {
  const written: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void written.push(line) });
  const { company: begins, rollcall, segment } = await stage(kind, log);
  const { api } = rollcall;

  /** The lines of requests to the application. */
  const asked = () =>
    written
      .map((line) => lineSchema.parse(JSON.parse(line)))
      .filter(({ msg }) => msg === 'asked an application');

  /** Changes something, and tells the id of the answer and what was asked of the application meanwhile. */
  async function tells(company: Company, change: () => Promise<Answer>) {
    written.length = 0;
    const { headers, status } = await change();
    expect(status).toBeLessThan(400);
    const requestId = z.string().parse(headers['x-request-id']);
    await company.untilIdle();
    return { requestId, lines: asked() };
  }

  const named = (requestId: string) => ({ headers: { 'x-request-id': requestId } });

  test('R48: the id of the answer is in the line of each request that comes of it, and in its events', async () => {
    const company = await begins({ users: ['ada'], groups: { Engines: [] } });
    const [userId, groupId] = [company.userId('ada'), company.groupId('Engines')];
    const { lines, requestId } = await tells(company, () =>
      api('POST', `/groups/${groupId}/members`, { add: [userId] }),
    );
    const cause = {
      requestId,
      action: 'group.membersChanged',
      application: company.applicationId,
      level: debug,
    };
    expect(lines).toMatchObject([
      { ...cause, user: userId, method: 'POST', route: '/Users', status: 201 },
      { ...cause, group: groupId, method: 'GET', route: '/Groups', status: 200 },
      { ...cause, group: groupId, method: 'POST', route: '/Groups', status: 201 },
      { ...cause, group: groupId, method: 'PATCH', route: '/Groups/{id}', status: 204 },
    ]);
    const { items } = eventsSchema.parse(
      (await api('GET', `/events?application=${company.applicationId}`)).body,
    );
    const caused = items.filter((event) => event.cause?.requestId === requestId);
    expect(caused.map(({ operation }) => operation).sort()).toEqual([
      'changeMembers',
      'createGroup',
      'createUser',
    ]);
  });

  test('R46, R48: whoever is held, and what is sent, says which group it was', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Board: ['bob'] },
      connection: { threshold: { number: 0, percent: 0 } },
    });
    await company.untilIdle();
    const [staff, board] = [company.groupId('Staff'), company.groupId('Board')];
    const whole = z.object({ items: z.array(z.object({ id: z.string() })) });
    const why = async () => {
      const { items } = whole.parse(await company.ask('GET', '/holds?state=open'));
      return company.ask('GET', `/holds/${items[0]?.id ?? ''}`);
    };
    await company.ask('POST', '/groups', { remove: [staff] });
    await company.untilIdle();
    const cause = {
      action: 'application.groupsUnbound',
      group: { id: staff, name: 'Staff' },
      sentence: 'The API key "ROLLCALL_API_KEY" unbound the group "Staff" from an application',
    };
    expect(await why()).toMatchObject({ users: { items: [{ cause }] } });
    await company.ask('POST', '/groups', { add: [staff] });
    await company.untilIdle();
    await company.call('PATCH', `/groups/${board}`, { name: 'Owners' });
    await company.untilIdle();
    expect(await company.call('GET', `/events?group=${board}&limit=1`)).toMatchObject({
      items: [{ cause: { sentence: 'The API key "ROLLCALL_API_KEY" changed the group "Owners"' } }],
    });
  });

  test('R48: where several changes become one request, it has the id of the last, whichever process sends it', async () => {
    const company = await begins({ users: ['ada'], groups: { Engines: ['ada'] } });
    const path = `/users/${company.userId('ada')}`;
    await segment.behaves({ errorRate: 1 });
    written.length = 0;
    await api('PATCH', path, { firstname: 'Augusta' }, named('first.change'));
    await until('the first is tried', () => asked().length > 0);
    expect(asked()[0]).toMatchObject({ requestId: 'first.change', level: warn });
    await api('PATCH', path, { lastname: 'King' }, named('second.change'));
    await rollcall.stop();
    await segment.behaves({ errorRate: 0 });
    written.length = 0;
    await rollcall.restart();
    await company.untilIdle();
    expect(asked()).toMatchObject([{ requestId: 'second.change', user: company.userId('ada'), status: 200 }]);
  });

  test('R48: what follows from somebody who left has the id of their leaving', async () => {
    const company = await begins({
      connector: 'scim2',
      users: ['ada', 'bob'],
      groups: { Engines: ['ada', 'bob'] },
    });
    const { lines, requestId } = await tells(company, () =>
      api('PATCH', `/users/${company.userId('ada')}`, { state: 'suspended' }),
    );
    const cause = { requestId, action: 'user.updated' };
    expect(lines).toMatchObject([
      { ...cause, user: company.userId('ada'), method: 'PUT', route: '/Users/{id}' },
      { ...cause, group: company.groupId('Engines'), method: 'PATCH', route: '/Groups/{id}' },
    ]);
  });

  test('R48: a test and an activation ask under their own ids', async () => {
    const company = await begins({ active: false });
    const at = `/applications/${company.applicationId}/identity-management`;
    for (const action of ['test', 'activate']) {
      const { lines, requestId } = await tells(company, () => api('POST', `${at}/${action}`));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.map((line) => line.requestId)).toEqual(lines.map(() => requestId));
    }
  });

  test('R48: an id of the caller is kept where it is short and plain, and is another one otherwise', async () => {
    const company = await begins({ active: false });
    const change = (requestId: string) =>
      tells(company, () => api('POST', '/groups', { name: requestId }, named(requestId)));
    expect((await change('ticket-4711')).requestId).toBe('ticket-4711');
    for (const bad of ['two words', 'a'.repeat(129), '{"level":60}'])
      expect((await change(bad)).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('R4, R48: neither the token nor what a record holds is in a line', async () => {
    const company = await begins({
      connector: 'scim2',
      active: false,
      users: ['ada'],
      groups: { Engines: ['ada'] },
    });
    const token = await segment.newToken();
    await company.configures({ token });
    written.length = 0;
    await company.activates();
    await company.untilIdle();
    await segment.behaves({ errorRate: 1 });
    await company.changes('ada', { lastname: 'Lovelace' });
    await until('a request fails', () => asked().some(({ level }) => level === warn));
    await segment.behaves({ errorRate: 0 });
    await company.untilIdle();
    expect(asked().map(({ method, route }) => `${String(method)} ${String(route)}`)).toContain('GET /Users');
    for (const secret of [token, rollcall.key]) expect(written.join('')).not.toContain(secret);
    for (const held of [...Object.values(person('ada')), 'Lovelace', 'Engines'])
      expect(JSON.stringify(asked())).not.toContain(held);
  });
});
