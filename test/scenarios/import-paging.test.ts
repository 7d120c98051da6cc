/** R30 against applications that page as they like: the list is right, or there is a sentence that says why there is none. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { importer } from '../support/imports.ts';
import { startRollcall } from '../support/rollcall.ts';

const COUNT = 230;
const user = (number: number): object => ({
  id: `id-${number}`,
  userName: `u${number}@acme.test`,
  active: true,
});
const USERS = Array.from({ length: COUNT }, (_, number) => user(number));

/** What is asked: from 0, and at which request of this reading. */
interface Asked {
  readonly offset: number;
  readonly count: number;
  readonly cursor: string | null;
  readonly nth: number;
}

interface Served {
  readonly status?: number;
  readonly Resources?: readonly object[];
  readonly totalResults?: number;
  readonly nextCursor?: string;
}

type Serve = (asked: Asked) => Served;

const slice = (from: number, count: number, total?: number): Served => ({
  Resources: USERS.slice(from, from + count),
  ...(total !== undefined && { totalResults: total }),
});

const byIndex: Serve = ({ count, offset }) => slice(offset, count, COUNT);

/** Cursor paging (RFC 9865): `page` pages, and what comes after the last. */
const byCursor =
  (after: (page: number) => string | undefined): Serve =>
  ({ count, cursor }) => {
    const page = cursor === null || cursor === '' ? 0 : Number(cursor);
    const next = after(page);
    return { ...slice(page * count, count), ...(next !== undefined && { nextCursor: next }) };
  };

const once =
  (nth: number, fault: Served): Serve =>
  (asked) =>
    asked.nth === nth ? fault : byIndex(asked);

let serve: Serve = byIndex;
let requests = 0;
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://target.test');
  const number = (name: string): number => Number(url.searchParams.get(name) ?? '1');
  const asked = {
    offset: number('startIndex') - 1,
    count: number('count'),
    cursor: url.searchParams.get('cursor'),
    nth: (requests += 1),
  };
  const { status = 200, ...list } = url.pathname === '/Users' ? serve(asked) : { status: 404 };
  response.writeHead(status, { 'content-type': 'application/scim+json' });
  response.end(status === 200 ? JSON.stringify(list) : '{}');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe.each(databaseKinds)('reading the users of an application, on the %s database', async (kind) => {
  const rollcall = await startRollcall(kind);
  const { api } = rollcall;
  const id = await made({ call: api }, '/applications', { connector: 'scim2', label: 'Lying' });
  const at = (path: string): string => `/applications/${id}${path}`;
  const imports = importer({ api, at });
  await api('PATCH', at('/identity-management'), {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'token',
    groupManagement: false,
    behaviour: { rate: { requestsPerSecond: 1000 } },
  });
  await api('POST', at('/identity-management/activate'));

  const read = async (how: Serve) => {
    requests = 0;
    serve = how;
    const { roster, total } = await imports.read();
    serve = byIndex;
    return { state: roster.state, total, message: roster.message, requests };
  };
  const all = { state: 'read', total: COUNT, message: null };

  test.each<[string, Serve]>([
    ['an honest list', byIndex],
    ['pages that are shorter than asked', ({ count, offset }) => slice(offset, Math.min(count, 37), COUNT)],
    [
      'pages of any length',
      ({ count, nth, offset }) => slice(offset, Math.min(count, (nth % 5) * 7 + 1), COUNT),
    ],
    ['a total that is far too small', ({ count, offset }) => slice(offset, count, 1)],
    ['a total that is far too large', ({ count, offset }) => slice(offset, count, 1e9)],
    ['no total', ({ count, offset }) => slice(offset, count)],
    ['pages that overlap', ({ count, offset }) => slice(Math.max(0, offset - 13), count, COUNT)],
    [
      'a list that begins anew after its end',
      ({ count, offset }) => slice(offset < COUNT ? offset : 0, count, COUNT),
    ],
    [
      'a list that begins anew, and tells no total',
      ({ count, offset }) => slice(offset < COUNT ? offset : 0, count),
    ],
    ['an error after the end', (asked) => (asked.offset < COUNT ? byIndex(asked) : { status: 400 })],
    ['cursors', byCursor((page) => (page < 2 ? String(page + 1) : undefined))],
    ['cursors that begin anew', byCursor((page) => String((page + 1) % 3))],
    ['too much asked in the middle', once(2, { status: 429 })],
    ['a fault in the middle', once(3, { status: 503 })],
  ])('R30: %s', async (_, how) => {
    const { requests: asked, ...found } = await read(how);
    expect(found).toEqual(all);
    expect(asked).toBeLessThan(80);
  });

  test.each<[string, Serve, string]>([
    ['the first page for every page', ({ count }) => slice(0, count, COUNT), 'says that there are 230'],
    [
      'the first page for every page, and no total',
      ({ count }) => slice(0, count),
      'does not say how many there are',
    ],
    [
      'a cursor that leads to itself',
      byCursor((page) => String(Math.min(1, page + 1))),
      'does not say how many there are',
    ],
    ['a refusal before the end', (asked) => (asked.offset === 0 ? byIndex(asked) : { status: 400 }), ''],
    ['nothing but faults', (asked) => (asked.offset === 0 ? byIndex(asked) : { status: 500 }), ''],
  ])('R30: %s ends in a sentence, and what was read before stays', async (_, how, sentence) => {
    const { message, requests: asked, state, total } = await read(how);
    expect({ state, total }).toEqual({ state: 'failed', total: COUNT });
    expect(message).toContain(sentence);
    expect(message).toMatch(/\.$/);
    expect(asked).toBeLessThan(12);
  });

  test('R30, R31: an account is matched by its email address, and linked as it is there', async () => {
    const ada = await made({ call: api }, '/users', { username: 'ada', email: 'ada@acme.test' });
    const emails = [{ value: 'ADA@acme.test', primary: true }];
    const account = { id: 'ada-1', userName: 'countess', active: false, emails };
    await read(() => ({ Resources: [account], totalResults: 1 }));
    expect((await imports.list()).items).toMatchObject([
      { state: 'matches', active: false, matches: [{ id: ada, by: 'email' }] },
    ]);
    expect((await imports.start({ remoteIds: ['ada-1'] })).counts).toMatchObject({ linked: 1 });
    expect((await api('GET', at(`/users/${ada}`))).body).toMatchObject({ state: 'inactive', managed: false });
    await read(byIndex);
  });

  test('R44: a rejected token pauses the connection, and says so', async () => {
    expect(await read(once(2, { status: 401 }))).toMatchObject({ state: 'failed', total: COUNT });
    expect((await api('GET', at('/status'))).body).toMatchObject({ state: 'paused' });
  });
});
