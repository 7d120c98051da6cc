/** An application that asks for a long wait (R44): every process keeps to it, and people see until when. */
import { json } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { made } from '../support/api.ts';
import { call, person } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';
import { until } from '../support/scene.ts';
import { startTarget } from '../support/target.ts';

const HALF_AN_HOUR = 1800;
const TYPE = { 'content-type': 'application/scim+json' };
const NOBODY = JSON.stringify({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 0,
  Resources: [],
});

/** A record as the target has made it. */
const asMade = (sent: unknown, id: number): string => JSON.stringify(Object.assign({ id: `${id}` }, sent));

const statusSchema = z.looseObject({ waitUntil: z.string().nullable(), pending: z.number() });
const whySchema = z.looseObject({ why: z.string(), next: z.object({ when: z.string() }) });
const placesSchema = z.object({ items: z.array(z.looseObject({ why: z.string() })) });

describe.each(databaseKinds)('an application that asks to wait, on the %s database', async (kind) => {
  const asked: string[] = [];
  /** In seconds, for whatever would change something; 0 takes it. */
  let wait = HALF_AN_HOUR;
  const target = await startTarget((request, response) => {
    asked.push(request.method ?? '');
    if (request.url?.includes('Config')) response.writeHead(404).end();
    else if (request.method === 'GET') response.writeHead(200, TYPE).end(NOBODY);
    else if (wait > 0) response.writeHead(429, { 'retry-after': String(wait) }).end();
    else void json(request).then((sent) => response.writeHead(201, TYPE).end(asMade(sent, asked.length)));
  });
  const rollcall = await startRollcall(kind, { ROLLCALL_SLICE_SECONDS: '1' });
  const caller = { call: rollcall.api };
  const id = await made(caller, '/applications', { connector: 'scim2', label: 'Wiki' });
  const at = `/applications/${id}`;
  await call(rollcall, 'PATCH', `${at}/identity-management`, { baseUrl: target, token: 'wiki-token' });
  await call(rollcall, 'POST', `${at}/identity-management/activate`);
  const hired = (name: string): Promise<string> =>
    made(caller, '/users', { ...person(name), state: 'active' });
  const people = [await hired('ada'), await hired('bea')];
  const group = await made(caller, '/groups', { name: 'Everybody' });
  await call(rollcall, 'POST', `${at}/groups`, { add: [group] });

  const status = async () => statusSchema.parse((await rollcall.api('GET', `${at}/status`)).body);
  const written = (): number => asked.filter((method) => method !== 'GET').length;
  const minutesFrom = (time: string | null): number => (Date.parse(time ?? '') - Date.now()) / 60_000;

  test('R44: the status says until when, and so does the why of whoever waits for it', async () => {
    expect((await status()).waitUntil).toBeNull();
    await call(rollcall, 'POST', `/groups/${group}/members`, { add: people });
    await until('asked to wait', async () => (await status()).waitUntil !== null);
    const { waitUntil } = await status();
    expect(minutesFrom(waitUntil)).toBeGreaterThan(29);
    expect(minutesFrom(waitUntil)).toBeLessThan(31);
    const clock = `${waitUntil?.slice(11, 16) ?? ''} UTC`;
    const why = whySchema.parse((await rollcall.api('GET', `${at}/users/${people[1]}`)).body);
    expect(why.why).toContain(`The application asked to wait until ${clock}.`);
    expect(why.next.when).toBe(`After ${clock}, until when the application asked to wait.`);
    const places = placesSchema.parse((await rollcall.api('GET', `/users/${people[1]}/applications`)).body);
    expect(places.items[0]?.why).toContain(`asked to wait until ${clock}`);
  });

  test('R44: another process keeps to the wait, also where more is to be sent', async () => {
    await rollcall.restart();
    const before = asked.length;
    const cyd = await hired('cyd');
    await call(rollcall, 'POST', `/groups/${group}/members`, { add: [cyd] });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(asked).toHaveLength(before);
    expect((await status()).pending).toBeGreaterThanOrEqual(3);
    expect((await status()).waitUntil).not.toBeNull();
  });

  test('R44: an application that answers an administrator again is asked at once, and what waited is sent', async () => {
    wait = 0;
    const before = written();
    await call(rollcall, 'POST', `${at}/identity-management/deactivate`);
    expect((await status()).waitUntil).toBeNull();
    await call(rollcall, 'POST', `${at}/identity-management/activate`);
    await until('sent', () => written() > before);
    expect((await status()).waitUntil).toBeNull();
  });

  test('a wait of a moment is told to nobody', async () => {
    await until('nothing left', async () => (await status()).pending === 0);
    wait = 2;
    await call(rollcall, 'PATCH', `/users/${people[0]}`, { firstname: 'Augusta' });
    const before = written();
    await until('refused', () => written() > before);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await status()).waitUntil).toBeNull();
  });
});
