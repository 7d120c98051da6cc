import { sql } from 'kysely';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { databaseKinds } from '../support/database.ts';
import { emptyTown, type Town } from '../support/people.ts';
import { until } from '../support/scene.ts';

const HEARTBEAT_MS = 15_000;

/** A stream that somebody has open. */
interface Open {
  readonly beats: () => number;
  readonly ended: () => boolean;
}

/** Opens the stream as whoever sends these headers, and answers once it has begun. */
async function open({ rollcall }: Town, headers: Readonly<Record<string, string>>): Promise<Open> {
  const { body, statusCode } = await request(`${rollcall.url}/api/v1/stream`, { headers });
  expect(statusCode).toBe(200);
  let text = '';
  let ended = false;
  body.setEncoding('utf8');
  body.on('data', (chunk: string) => (text += chunk));
  body.on('error', () => (ended = true));
  body.on('close', () => (ended = true));
  await until('the stream began', () => text !== '');
  return { beats: () => text.split('event: here').length - 1, ended: () => ended };
}

/** The stream of a person with that role, who signed in; and what can be done to them. */
async function openAs(town: Town, role: 'read-only' | 'administrator') {
  const own = await town.signedIn('ada', role);
  const [user] = await town.rollcall.database.db.selectFrom('users').select('id').execute();
  const cookie = [...own.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { own, stream: await open(town, { cookie }), userId: user?.id ?? '' };
}

describe.each(databaseKinds)('the stream (%s)', (kind) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const ends = async (stream: Open): Promise<void> => {
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await until('the stream ended', stream.ended);
    expect(stream.beats()).toBe(1);
  };

  /** One beat, after which it is known to live. */
  const lives = async (stream: Open): Promise<void> => {
    vi.advanceTimersByTime(HEARTBEAT_MS);
    await until('a beat came', () => stream.beats() === 1 && !stream.ended());
  };

  test.each([
    ['signed out elsewhere', (userId: string) => ['DELETE', `/users/${userId}/sessions`, undefined] as const],
    ['suspended', (userId: string) => ['PATCH', `/users/${userId}`, { state: 'suspended' }] as const],
    ['without a role', (userId: string) => ['DELETE', `/administrators/${userId}`, undefined] as const],
  ])('ends for somebody who is %s by now', async (_what, act) => {
    const town = await emptyTown(kind);
    const { stream, userId } = await openAs(town, 'read-only');
    await lives(stream);
    const [method, path, body] = act(userId);
    expect((await town.rollcall.api(method, path, body)).status).toBeLessThan(300);
    await ends(stream);
  });

  test('ends with the API key', async () => {
    const town = await emptyTown(kind);
    const { body } = await town.rollcall.api('POST', '/api-keys', { name: 'reader', role: 'read-only' });
    const { id, key } = body as { id: string; key: string };
    const stream = await open(town, { authorization: `Bearer ${key}` });
    await lives(stream);
    expect((await town.rollcall.api('DELETE', `/api-keys/${id}`)).status).toBe(204);
    await ends(stream);
  });

  test('begins again after the database was away when it was asked for', async () => {
    const town = await emptyTown(kind);
    const { database, key, url } = town.rollcall;
    const headers = { authorization: `Bearer ${key}` };
    await sql`ALTER TABLE events RENAME COLUMN sentence TO away`.execute(database.db);
    const refused = await request(`${url}/api/v1/stream`, { headers });
    expect(refused.statusCode).toBe(500);
    await refused.body.dump();
    await sql`ALTER TABLE events RENAME COLUMN away TO sentence`.execute(database.db);
    await lives(await open(town, headers));
  });

  test('is no use of a session: one that is at rest for long enough ends, and so does the stream', async () => {
    const town = await emptyTown(kind);
    const { db } = town.rollcall.database;
    const { stream } = await openAs(town, 'read-only');
    await sql`UPDATE sessions SET last_seen_at = now() - interval '5 minutes'`.execute(db);
    await lives(stream);
    const { rows } = await sql<{ rested: boolean }>`
      SELECT last_seen_at < now() - interval '4 minutes' AS rested FROM sessions`.execute(db);
    expect(rows).toEqual([{ rested: true }]);
    await sql`UPDATE sessions SET last_seen_at = now() - interval '13 hours'`.execute(db);
    await ends(stream);
  });
});
