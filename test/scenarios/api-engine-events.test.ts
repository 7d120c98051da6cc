import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { made, startApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { anyNumber, textLike } from '../support/matchers.ts';
import { startScene, until } from '../support/scene.ts';
import { listen, type Listener, type Message } from '../support/sse.ts';

const eventSchema = z.looseObject({
  id: z.string(),
  operation: z.string(),
  outcome: z.string(),
  sentence: z.string(),
  subjectName: z.string(),
});
const pageSchema = z.object({
  items: z.array(eventSchema),
  nextCursor: z.string().nullable(),
  total: z.number(),
});

describe.each(databaseKinds)('what happened, over HTTP, on the %s database', async (kind) => {
  const scene = await startScene(kind);
  const { api, rollcall, applicationId } = scene;
  const list = async (query: string) => pageSchema.parse((await api('GET', `/events?${query}`)).body);
  const ada = await scene.user('ada');
  const bea = await scene.user('bea');
  const staff = await scene.boundGroup('Staff', [ada, bea]);
  const onStream = (query = '', headers = {}): Promise<Listener> =>
    listen(`${rollcall.url}/api/v1/stream${query}`, rollcall.key, headers);
  const says = (text: string) => (message: Message) => JSON.stringify(message.data).includes(text);
  const stateOf = (message: Message) => z.looseObject({ idle: z.boolean() }).safeParse(message.data).data;

  test('R48: every operation is there, the newest first: what was asked and answered, how long, and why', async () => {
    await scene.activate();
    await scene.idle();
    const all = await list('');
    expect(all.total).toBe(all.items.length);
    expect(all.items.map((event) => event.operation)).toEqual(
      expect.arrayContaining(['changeMembers', 'createGroup', 'createUser', 'activateConnection']),
    );
    expect(all.items.map((event) => event.id)).toEqual(
      all.items
        .map((event) => event.id)
        .sort()
        .reverse(),
    );
    const [created] = (await list(`user=${ada}`)).items;
    expect(created).toMatchObject({
      application: 'Segment',
      applicationId,
      kind: 'user',
      subjectId: ada,
      outcome: 'done',
      sentence: 'Created the account "ada@acme.test" for ada Test (ada@acme.test)',
      attempt: 1,
      durationMs: anyNumber,
      cause: { action: 'connection.activated', actor: textLike(/^api key/) },
      exchanges: [{ method: 'POST', path: '/Users', status: 201, request: { userName: 'ada@acme.test' } }],
    });
    expect((await api('GET', `/events/${created?.id ?? ''}`)).body).toEqual(created);
  });

  test.each<[string, (event: z.infer<typeof eventSchema>) => boolean]>([
    [`application=${applicationId}`, () => true],
    [`user=${ada}`, (event) => event.subjectName.startsWith('ada')],
    [`group=${staff}`, (event) => event.subjectName === 'Staff'],
    ['outcome=done', (event) => event.outcome === 'done'],
    ['operation=createUser', (event) => event.operation === 'createUser'],
    ['search=BEA@acme', (event) => event.sentence.includes('bea@acme')],
  ])('?%s finds these and no others', async (query, is) => {
    const [some, all] = [await list(query), await list('')];
    expect(some.items).toEqual(all.items.filter(is));
    expect(some.total).toBeGreaterThan(0);
  });

  test('pages follow one another', async () => {
    const all = await list('');
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor ?? ''}`);
    expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 4));
    expect((await list('outcome=stopped')).total).toBe(0);
    expect((await api('GET', '/events?outcome=perhaps')).status).toBe(400);
  });

  test('as CSV: all that match, and no formula for a spreadsheet', async () => {
    const evil = await made({ call: api }, '/users', {
      username: 'evil@acme.test',
      displayname: '=cmd("1,2")',
      state: 'active',
    });
    await api('POST', `/groups/${staff}/members`, { add: [evil] });
    await scene.idle();
    const { headers, body } = await api('GET', '/events?format=csv&limit=1');
    expect(headers['content-type']).toContain('text/csv');
    expect(headers['content-disposition']).toContain('rollcall-events.csv');
    const rows = z
      .array(z.looseObject({ id: z.string(), subject: z.string() }))
      .parse(parse(z.string().parse(body), { columns: true }));
    expect(rows.map((row) => row.id)).toEqual((await list('')).items.map((event) => event.id));
    expect(rows.map((row) => row.subject)).toContain(`'=cmd("1,2") (evil@acme.test)`);
  });

  test('the stream begins with the status, and shows each event as it is written, and the status until all is done', async () => {
    const stream = await onStream();
    const first = await stream.heard('a status', (message) => message.event === 'status');
    expect(first.data).toMatchObject({ application: applicationId, state: 'active', idle: true });
    await api('PATCH', `/users/${bea}`, { state: 'suspended' });
    const shown = await stream.heard('the deactivation', says('Deactivated bea'));
    expect(shown).toMatchObject({
      event: 'event',
      data: { operation: 'deactivateUser', application: 'Segment' },
    });
    expect(shown.data).not.toHaveProperty('exchanges');
    const count = stream.messages.length;
    await until('the last status is idle', () => {
      const last = stream.messages.filter((message) => message.event === 'status').at(-1);
      return count > 1 && last !== undefined && last !== first && stateOf(last)?.idle === true;
    });
    stream.close();
  });

  test('a client that comes back gets what it missed, once and in order, by header or by query', async () => {
    const before = await onStream();
    await api('PATCH', `/users/${bea}`, { state: 'active' });
    const last = await before.heard('the return', says('Made bea'));
    before.close();
    await scene.idle();
    await api('PATCH', `/users/${bea}`, { state: 'suspended' });
    await scene.idle();
    const { items } = await list('');
    const missed = items
      .slice(
        0,
        items.findIndex((event) => event.id === last.id),
      )
      .map((event) => event.id)
      .reverse();
    expect(missed.length).toBeGreaterThan(0);
    const back = [
      await onStream('', { 'last-event-id': last.id ?? '' }),
      await onStream(`?lastEventId=${last.id ?? ''}`),
    ];
    await api('PATCH', `/users/${bea}`, { state: 'active' });
    for (const stream of back) {
      await stream.heard('the next return', (message) => says('Made bea')(message) && message.id !== last.id);
      const ids = stream.messages.flatMap((message) => message.id ?? []);
      expect(ids.slice(0, missed.length)).toEqual(missed);
      expect(new Set(ids).size).toBe(ids.length);
      stream.close();
    }
    await scene.idle();
  });

  test('only the application that was asked for', async () => {
    const other = await made({ call: api }, '/applications', { connector: 'segment', label: 'Other' });
    const [mine, its] = [
      await onStream(`?application=${applicationId}`),
      await onStream(`?application=${other}`),
    ];
    await api('PATCH', `/users/${bea}`, { state: 'suspended' });
    await mine.heard('the deactivation', says('Deactivated bea'));
    expect(its.messages.map((message) => [message.event, message.data])).toMatchObject([
      ['status', { application: other }],
    ]);
    for (const stream of [mine, its]) stream.close();
  });

  test('a client that has seen nothing yet may say so', async () => {
    const stream = await onStream('', { 'last-event-id': '' });
    await stream.heard('a status', (message) => message.event === 'status');
    stream.close();
  });

  test.each([
    ['?lastEventId=nonsense', {}],
    ['', { 'last-event-id': 'nonsense' }],
  ])('a stream%s with %s is refused', async (query, headers) => {
    expect((await api('GET', `/stream${query}`, undefined, { headers })).status).toBe(400);
  });

  test('a server that stops ends its streams', async () => {
    const stream = await onStream();
    await rollcall.restart();
    await until('the stream ended', stream.ended);
    const again = await onStream();
    again.close();
  });
});

describe.each(databaseKinds)('a log of many operations, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const [application, user, group] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`
    INSERT INTO events (id, application_id, kind, subject_id, subject_name, operation, outcome, sentence)
    SELECT gen_random_uuid(), ${application}::uuid, 'user', ${user}::uuid, 'Ada', 'updateUser', 'done', 'Changed the account'
    FROM generate_series(1, 10000)
    UNION ALL SELECT gen_random_uuid(), ${application}::uuid, 'group', ${group}::uuid, 'Staff', 'createGroup', 'done', 'Made the group'`.execute(
    api.database.db,
  );
  const list = async (query: string) =>
    pageSchema.parse((await api.call('GET', `/events?application=${application}&limit=1&${query}`)).body);

  test('R48: is counted up to ten thousand, and is whole in a file', async () => {
    expect((await list('')).total).toBe(10_000);
    const { body } = await api.call('GET', `/events?application=${application}&format=csv`);
    const rows = z.array(z.looseObject({ id: z.string() })).parse(parse(String(body), { columns: true }));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(10_001);
  });

  test.each([
    [`group=${group}`, 1],
    [`user=${randomUUID()}&group=${group}`, 1],
    ['operation=createGroup', 1],
    ['operation=createGrou', 0],
    ['search=STAFF', 1],
    ['search=made%20the', 1],
    ['search=staff&outcome=refused', 0],
  ])('R48: ?%s finds %d', async (query, total) => {
    expect((await list(query)).total).toBe(total);
  });
});
