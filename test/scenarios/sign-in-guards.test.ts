/** What guards signing in beyond its stories: limits, times, and what one person may not do to another. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Behind } from '../../src/behind.ts';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import type { Mailer } from '../../src/mail/mailer.ts';
import type { Method } from '../../src/people/methods.ts';
import { makeAdministratorLink } from '../../src/sign-in/first-administrator.ts';
import { makeResetLink, requestReset } from '../../src/sign-in/password-reset.ts';
import { startSession } from '../../src/sign-in/session.ts';
import type { Database } from '../../src/store/database.ts';
import { findPerson, replaceHash } from '../../src/store/passwords.ts';
import { loadSecretBox } from '../../src/store/secrets.ts';
import { deleteExpiredSignIns } from '../../src/store/sign-in-retention.ts';
import { beginAttempt } from '../../src/store/throttles.ts';
import { transact } from '../../src/store/transact.ts';
import { updateUser } from '../../src/store/users.ts';
import { Authenticator } from '../support/authenticator.ts';
import { databaseKinds } from '../support/database.ts';
import { addPasskey, codeIn, setUpApp, usePasskey } from '../support/factors.ts';
import { textLike } from '../support/matchers.ts';
import { emptyTown, PASSWORD } from '../support/people.ts';
import type { PortalBrowser } from '../support/portal-browser.ts';
import type { TestRollcall } from '../support/rollcall.ts';
import { until } from '../support/scene.ts';

const NEXT = 'nine lazy teapots';

const itemsSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });
const linkSchema = z.object({ link: z.string() });
const userSchema = z.looseObject({ userId: z.string() });
const appSchema = z.looseObject({ secret: z.string() });

const first = (body: unknown): string => itemsSchema.parse(body).items[0]?.id ?? '';
const idOf = async (own: PortalBrowser): Promise<string> =>
  userSchema.parse((await own.api('GET', '/session')).body).userId;
/** By which the device's passkey is known. */
const idOfPasskey = (device: Authenticator): string =>
  z.looseObject({ id: z.string() }).parse(device.get({ challenge: '' })).id;
const tokenIn = (link: string): string => new URL(link, 'http://x').searchParams.get('token') ?? '';

/** Asks for links by mail, each to its end; `sent` is to whom mail went. */
function mailing({ database, env }: TestRollcall) {
  const sent: string[] = [];
  const config = loadConfig(env);
  const mailer: Mailer = {
    from: '',
    server: { host: '', port: null, tls: false },
    send: ({ to }) => Promise.resolve(String(sent.push(to))),
  };
  const secrets = loadSecretBox(config);
  const deps = { database, secrets, config, mailer, clock: systemClock, behind: new Behind() };
  const note = () => () => Promise.resolve();
  return {
    sent,
    ask: (name: string, address: string) => requestReset(deps, name, '', { address, userAgent: '', note }),
  };
}

/** Begins a session as if that person's proof was right a moment ago. */
function startIn(database: Database, person: Parameters<typeof startSession>[1], methods: readonly Method[]) {
  const config = { sessionIdleHours: 1, sessionMaxHours: 1 };
  const note = () => () => Promise.resolve();
  const visit = { address: '', userAgent: '', cookie: 'c', session: null, note };
  return startSession({ database, config }, person, methods, visit);
}

describe.each(databaseKinds)('what a browser is asked of passkeys (%s)', (kind) => {
  it('is a new one that can stand alone, on none of the devices that have one', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const options = async () => (await ada.api('POST', '/me/factors/passkeys/options')).body;
    expect(await options()).toMatchObject({
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
    const device = new Authenticator(rollcall.url);
    await addPasskey(ada, device);
    expect(await options()).toMatchObject({
      excludeCredentials: [{ id: idOfPasskey(device), transports: ['internal'] }],
    });
  });

  it('is one of the person’s own after their password, and any that verifies its user before', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const device = new Authenticator(rollcall.url);
    await addPasskey(await signedIn('ada'), device);
    await addPasskey(await signedIn('bob'), new Authenticator(rollcall.url));
    const own = browser();
    const options = async () => (await own.api('POST', '/session/passkey/options')).body;
    expect(await options()).toMatchObject({ userVerification: 'required', allowCredentials: [] });
    await own.signIn('ada', PASSWORD);
    expect(await options()).toMatchObject({
      userVerification: 'preferred',
      allowCredentials: [{ id: idOfPasskey(device) }],
    });
  });

  it('is answered once, and at this site', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const device = new Authenticator(rollcall.url);
    await addPasskey(await signedIn('ada'), device);
    const own = browser();
    const { body } = await own.api('POST', '/session/passkey/options');
    const cookie = own.cookies.get('rollcall-browser') ?? '';
    expect((await own.api('POST', '/session/passkey', device.get(body))).status).toBe(201);
    const again = browser();
    again.cookies.set('rollcall-browser', cookie);
    expect((await again.api('POST', '/session/passkey', device.get(body))).status).toBe(400);
    device.moveTo('http://evil.example');
    expect((await usePasskey(browser(), device)).status).toBe(401);
  });

  it('says afterwards when a passkey was used', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const device = new Authenticator(rollcall.url);
    await addPasskey(ada, device);
    expect((await ada.api('GET', '/me/factors')).body).toMatchObject({ items: [{ lastUsedAt: null }] });
    await usePasskey(browser(), device);
    expect((await ada.api('GET', '/me/factors')).body).toMatchObject({
      items: [{ lastUsedAt: expect.any(String) as unknown }],
    });
  });
});

describe.each(databaseKinds)('codes (%s)', (kind) => {
  it('that are wrong are slowed down while an app is set up, too', async () => {
    const { signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const { secret } = appSchema.parse((await ada.api('POST', '/me/factors/totp', {})).body);
    const confirm = async (code: string) =>
      (await ada.api('POST', '/me/factors/totp/confirm', { code })).status;
    const statuses: number[] = [];
    for (let guess = 0; guess < 5; guess += 1) statuses.push(await confirm(`00000${guess}`));
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    expect(await confirm(codeIn(secret))).toBe(429);
  });

  it('that are wrong go on counting where a new password is set by a link', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const { database } = rollcall;
    const ada = await signedIn('ada');
    await setUpApp(ada);
    const id = await idOf(ada);
    const own = browser();
    await own.get((await own.signIn('ada', PASSWORD)).location);
    for (let guess = 0; guess < 5; guess += 1)
      await own.post('/sign-in/second-factor', { code: `00000${guess}` });
    const token = tokenIn(await transact(database, (tx) => makeResetLink(tx, id, '')));
    await own.get(`/reset-password?token=${token}`);
    await own.post('/reset-password', { token, password: NEXT, repeated: NEXT });
    await sql`UPDATE throttles SET wait_until = now() + interval '1 hour' WHERE failures = 5`.execute(
      database.db,
    );
    const body = { username: 'ada', password: NEXT, code: '000009' };
    expect((await browser().api('POST', '/session', body)).status).toBe(429);
  });

  it('of an app from before the one that was accepted last are used up with it', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const { secret } = await setUpApp(await signedIn('ada'));
    const sign = (steps: number) =>
      browser().api('POST', '/session', {
        username: 'ada',
        password: PASSWORD,
        code: codeIn(secret, steps),
      });
    expect((await sign(1)).status).toBe(201);
    expect((await sign(0)).status).toBe(401);
  });

  it('that set an app up are used up by it', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const { secret } = await setUpApp(await signedIn('ada'));
    const body = { username: 'ada', password: PASSWORD, code: codeIn(secret, -1) };
    expect((await browser().api('POST', '/session', body)).status).toBe(401);
  });

  it('for recovery are proof enough to set a new factor up', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const [code] = (await setUpApp(await signedIn('ada'))).recoveryCodes;
    const own = browser();
    expect((await own.api('POST', '/session', { username: 'ada', password: PASSWORD, code })).status).toBe(
      201,
    );
    expect((await own.api('POST', '/me/factors/totp', {})).status).toBe(201);
  });

  it('of an app that is still being set up sign nobody in', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    await setUpApp(ada);
    const { secret } = appSchema.parse((await ada.api('POST', '/me/factors/totp', {})).body);
    const body = { username: 'ada', password: PASSWORD, code: codeIn(secret) };
    expect((await browser().api('POST', '/session', body)).status).toBe(401);
  });

  it('for recovery come with a further factor only where none are left, and go with the last', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    await setUpApp(ada);
    expect((await addPasskey(ada, new Authenticator(rollcall.url))).body).toEqual({ recoveryCodes: null });
    await sql`DELETE FROM recovery_codes`.execute(rollcall.database.db);
    const { body } = await addPasskey(ada, new Authenticator(rollcall.url));
    expect(z.object({ recoveryCodes: z.array(z.string()) }).parse(body).recoveryCodes).toHaveLength(10);
    const left = async () => (await ada.api('GET', '/me/factors')).body;
    expect(await left()).toMatchObject({ total: 3, recoveryCodesLeft: 10 });
    for (const { id } of itemsSchema.parse(await left()).items) await ada.api('DELETE', `/me/factors/${id}`);
    expect(await left()).toMatchObject({ total: 0, recoveryCodesLeft: 0 });
  });
});

describe.each(databaseKinds)('what lasts for a while (%s)', (kind) => {
  it('is over after its time, and cleared away then, and nothing else', async () => {
    const { rollcall, browser, person, signedIn } = await emptyTown(kind);
    const { database } = rollcall;
    const { db } = database;
    const bob = await person('bob');
    await sql`DELETE FROM passkey_challenges`.execute(db);
    await setUpApp(await signedIn('ada'));
    const half = browser();
    await half.signIn('ada', PASSWORD);
    await half.api('POST', '/session/passkey/options');
    await transact(database, (tx) => makeResetLink(tx, bob, ''));
    await makeAdministratorLink(database, '');
    const left = async () =>
      (
        await sql<{ what: string; minutes: number }>`
          SELECT what, round(extract(epoch FROM expires_at - now()) / 60)::int AS minutes FROM (
            SELECT 'session' AS what, expires_at FROM sessions
            UNION ALL SELECT 'second factor', expires_at FROM half_sign_ins
            UNION ALL SELECT 'passkey', expires_at FROM passkey_challenges
            UNION ALL SELECT purpose, expires_at FROM one_time_links) AS each
          ORDER BY minutes, what`.execute(db)
      ).rows;
    const all = [
      { what: 'passkey', minutes: 10 },
      { what: 'second factor', minutes: 10 },
      { what: 'password-reset', minutes: 60 },
      { what: 'first-administrator', minutes: 24 * 60 },
      { what: 'session', minutes: 7 * 24 * 60 },
    ];
    expect(await left()).toEqual(all);
    await deleteExpiredSignIns(db);
    expect(await left()).toEqual(all);
    for (const table of ['sessions', 'half_sign_ins', 'passkey_challenges', 'one_time_links'])
      await sql`UPDATE ${sql.table(table)} SET expires_at = now() - interval '1 second'`.execute(db);
    await deleteExpiredSignIns(db);
    expect(await left()).toEqual([]);
  });

  it('ends for somebody who is suspended half-way, also where they come back at once', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const id = await idOf(ada);
    await setUpApp(ada);
    const half = browser();
    await half.get((await half.signIn('ada', PASSWORD)).location);
    await sql`UPDATE users SET state = 'suspended'`.execute(rollcall.database.db);
    expect((await half.get('/sign-in/second-factor')).location).toBe('/sign-in?next=%2F');
    await sql`UPDATE users SET state = 'active'`.execute(rollcall.database.db);
    expect((await half.get('/sign-in/second-factor')).status).toBe(200);
    await rollcall.api('PATCH', `/users/${id}`, { state: 'suspended' });
    await rollcall.api('PATCH', `/users/${id}`, { state: 'active' });
    expect((await half.get('/sign-in/second-factor')).location).toBe('/sign-in?next=%2F');
  });

  it.each([
    ['was suspended', sql`UPDATE users SET state = 'suspended'`, 'your account was suspended at this moment'],
    [
      'got another password',
      sql`UPDATE passwords SET changed_at = now() + interval '1 second'`,
      'The password was changed at this moment',
    ],
  ])('begins for nobody who %s since their password was looked at', async (_what, change, said) => {
    const { rollcall, person } = await emptyTown(kind);
    const { database } = rollcall;
    await person('ada');
    const ada = await findPerson(database.db, 'ada');
    if (ada === undefined) throw new Error('There should be Ada.');
    await change.execute(database.db);
    await expect(startIn(database, ada, ['password'])).rejects.toThrow(said);
  });

  it('begins by no passkey that was taken away since it was looked at', async () => {
    const { rollcall, person } = await emptyTown(kind);
    const { database } = rollcall;
    const ada = { userId: await person('ada'), username: 'ada', passkeyId: randomUUID() };
    await expect(startIn(database, ada, ['passkey'])).rejects.toThrow('The passkey was taken away');
  });
});

describe.each(databaseKinds)('links (%s)', (kind) => {
  it('to set a password end with the next one, and with a password that is set in another way', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const { database } = rollcall;
    const ada = await signedIn('ada');
    const id = await idOf(ada);
    const link = () => transact(database, (tx) => makeResetLink(tx, id, ''));
    const works = async (path: string) => (await browser().get(path)).status === 200;
    const [one, two] = [await link(), await link()];
    expect([await works(one), await works(two)]).toEqual([false, true]);
    const change = { current: PASSWORD, password: NEXT };
    expect((await ada.api('POST', '/me/password', change)).status).toBe(204);
    expect(await works(two)).toBe(false);
  });

  it('are made for nobody who is suspended, who becomes no first administrator either', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const { api, database } = rollcall;
    const ada = await person('ada');
    await api('PATCH', `/users/${ada}`, { state: 'suspended' });
    expect((await api('POST', `/users/${ada}/password-reset`, { deliver: 'link' })).status).toBe(409);
    const path = await makeAdministratorLink(database, '');
    const own = browser();
    await own.get(path);
    const form = { token: tokenIn(path), username: 'ada', email: '', password: NEXT, repeated: NEXT };
    const { status, text } = await own.post('/first-administrator', form);
    expect([status, text]).toEqual([400, textLike(/that of a user who is suspended/)]);
    expect((await api('GET', '/administrators')).body).toMatchObject({ total: 0 });
    expect((await own.get(path)).status).toBe(200);
  });

  it('lead to this server, whatever a request says it is called', async () => {
    const { rollcall, person, signedIn } = await emptyTown(kind);
    const desk = await signedIn('desk', 'help-desk');
    const ada = await person('ada');
    const answer = await request(`${rollcall.url}/api/v1/users/${ada}/password-reset`, {
      method: 'POST',
      headers: {
        host: 'evil.example',
        'content-type': 'application/json',
        cookie: `rollcall=${desk.cookies.get('rollcall') ?? ''}`,
        'x-csrf-token': desk.csrf,
      },
      body: JSON.stringify({ deliver: 'link' }),
    });
    expect(linkSchema.parse(await answer.body.json()).link).toMatch(/^http:\/\/(127\.0\.0\.1|localhost):/);
  });

  it('are mailed to nobody for an address that asks for too many', async () => {
    const { rollcall, person } = await emptyTown(kind);
    const { database } = rollcall;
    for (const name of ['ada', 'bob']) await person(name);
    const { ask, sent } = mailing(rollcall);
    for (let asked = 0; asked < 21; asked += 1) await beginAttempt(database, 'mail address', '192.0.2.7');
    await ask('ada', '192.0.2.7');
    expect(sent).toEqual([]);
    await ask('bob', '192.0.2.8');
    expect(sent).toEqual(['bob@example.com']);
  });

  if (kind === 'postgres')
    it.each([
      ['gets another address', { email: 'lovelace@example.com' }],
      ['is suspended', { state: 'suspended' }],
    ] as const)('are mailed to nobody who %s at this moment', async (_what, patch) => {
      const { rollcall, person } = await emptyTown(kind);
      const { database } = rollcall;
      const id = await person('ada');
      const { ask, sent } = mailing(rollcall);
      const begun: Promise<void>[] = [];
      await database.db.transaction().execute(async (tx) => {
        const cause = { action: 'user.updated', actor: 'a test' };
        await updateUser(tx, id, patch, { expected: 'any', cause, by: 'administrator' });
        begun.push(ask('ada', '192.0.2.7'));
        await until('it waits for the person', async () => {
          const { rows } = await sql`SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(database.db);
          return rows.length > 0;
        });
      });
      await begun[0];
      expect(sent).toEqual([]);
      expect((await sql`SELECT 1 FROM one_time_links`.execute(database.db)).rows).toEqual([]);
    });
});

describe.each(databaseKinds)('passwords (%s)', (kind) => {
  it('are guessed slowly in a session that is open, too', async () => {
    const { signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const change = async (current: string) =>
      (await ada.api('POST', '/me/password', { current, password: NEXT })).status;
    const statuses: number[] = [];
    for (let guess = 0; guess < 5; guess += 1) statuses.push(await change('wrong'));
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    expect(await change(PASSWORD)).toBe(429);
  });

  it('that are wrong do not tell by a wait that a name and an address are of one person', async () => {
    const { browser, person } = await emptyTown(kind);
    await person('ada');
    const statuses: Record<string, number[]> = {};
    for (const name of ['ada', 'eve'])
      for (const typed of [...Array.from({ length: 6 }, () => name), `${name}@example.com`])
        (statuses[name] ??= []).push((await browser().signIn(typed, 'wrong')).status);
    expect(statuses.ada).toEqual([401, 401, 401, 401, 401, 429, 401]);
    expect(statuses.eve).toEqual(statuses.ada);
  });

  it.each(['signing in', 'a new password by a link'])(
    'that were wrong are forgotten at both names of a person by %s',
    async (way) => {
      const { rollcall, browser, person } = await emptyTown(kind);
      const { database } = rollcall;
      const id = await person('ada');
      const guessed = async (name: string) => {
        for (let guess = 0; guess < 5; guess += 1) await beginAttempt(database, 'account', name);
        await sql`UPDATE throttles SET wait_until = now() + interval '1 hour' WHERE failures = 5`.execute(
          database.db,
        );
      };
      await guessed('ada@example.com');
      const own = browser();
      if (way === 'signing in') expect((await own.signIn('ada', PASSWORD)).location).toBe('/');
      else {
        await guessed('ada');
        const token = tokenIn(await transact(database, (tx) => makeResetLink(tx, id, '')));
        await own.get(`/reset-password?token=${token}`);
        await own.post('/reset-password', { token, password: PASSWORD, repeated: PASSWORD });
      }
      for (const name of ['ada', 'Ada@Example.com'])
        expect((await browser().signIn(name, PASSWORD)).location).toBe('/');
    },
  );

  it('that were wrong are not forgotten for somebody whose address is the name of somebody else', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const { database } = rollcall;
    await person('ada');
    await person('eve');
    await sql`UPDATE users SET email = CASE username WHEN 'eve' THEN 'ada' END`.execute(database.db);
    for (let guess = 0; guess < 5; guess += 1) await beginAttempt(database, 'account', 'ada');
    await sql`UPDATE throttles SET wait_until = now() + interval '1 hour'`.execute(database.db);
    expect((await browser().signIn('eve', PASSWORD)).location).toBe('/');
    expect((await browser().signIn('ada', PASSWORD)).status).toBe(429);
  });

  it('are hashed anew only where they are still the same', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const id = await person('ada');
    await replaceHash(rollcall.database.db, id, 'the hash from before', 'the same, hashed anew');
    expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
  });

  it('have at most 200 characters', async () => {
    const { signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const longest = 'nine lazy teapots '.repeat(12).slice(0, 200);
    const change = async (password: string) =>
      (await ada.api('POST', '/me/password', { current: PASSWORD, password })).status;
    expect(await change(`${longest}!`)).toBe(400);
    expect(await change(longest)).toBe(204);
  });
});

describe.each(databaseKinds)('sessions, by other hands (%s)', (kind) => {
  it('are ended by their own person alone', async () => {
    const { signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const bob = await signedIn('bob');
    const id = first((await ada.api('GET', '/me/sessions')).body);
    expect((await bob.api('DELETE', `/me/sessions/${id}`)).status).toBe(404);
    await bob.get('/sessions');
    expect((await bob.post('/sessions/end', { id })).location).toBe('/sessions');
    expect((await ada.get('/sessions')).status).toBe(200);
  });

  it('are listed while they count, with when they were used last', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    await browser().signIn('ada', PASSWORD);
    await sql`UPDATE sessions SET last_seen_at = '2999-01-02T03:04:05Z'`.execute(rollcall.database.db);
    const listed = async () => (await ada.api('GET', '/me/sessions')).body;
    expect(await listed()).toMatchObject({
      total: 2,
      items: [{ lastSeenAt: '2999-01-02T03:04:05.000Z' }, {}],
    });
    await sql`UPDATE sessions SET expires_at = now() WHERE id = (SELECT id FROM sessions ORDER BY id DESC LIMIT 1)`.execute(
      rollcall.database.db,
    );
    expect(await listed()).toMatchObject({ total: 1, items: [{ current: true }] });
  });

  it('end all but the one that asks, older ones and newer ones', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const older = await signedIn('ada');
    const ada = browser();
    const newer = browser();
    for (const own of [ada, newer]) await own.signIn('ada', PASSWORD);
    await ada.get('/sessions');
    expect((await ada.api('DELETE', '/me/sessions')).status).toBe(204);
    const statuses = [older, ada, newer].map(async (own) => (await own.api('GET', '/session')).status);
    expect(await Promise.all(statuses)).toEqual([401, 200, 401]);
  });

  it('of people who hold a role are no affair of the help desk, nor are their factors', async () => {
    const { signedIn } = await emptyTown(kind);
    const desk = await signedIn('desk', 'help-desk');
    const boss = await signedIn('boss', 'administrator');
    await setUpApp(boss);
    const id = await idOf(boss);
    for (const what of ['sessions', 'factors']) {
      const one = first((await desk.api('GET', `/users/${id}/${what}`)).body);
      expect([what, (await desk.api('DELETE', `/users/${id}/${what}/${one}`)).status]).toEqual([what, 403]);
    }
    expect((await boss.api('GET', '/session')).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'do not %s for a page that does not know their token',
    async (method) => {
      const { signedIn } = await emptyTown(kind);
      const ada = await signedIn('ada', 'administrator');
      const path = method === 'POST' ? '/users' : `/users/${randomUUID()}`;
      expect(
        (await ada.api(method, method === 'PUT' ? `/administrators/${randomUUID()}` : path, {}, '')).status,
      ).toBe(403);
    },
  );

  it('do not begin for a form of another site that looks like JSON', async () => {
    const { rollcall, person } = await emptyTown(kind);
    await person('ada');
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const body = JSON.stringify({ username: 'ada', password: PASSWORD });
      const headers = { 'content-type': type };
      const answer = await request(`${rollcall.url}/api/v1/session`, { method: 'POST', headers, body });
      expect([type, answer.statusCode]).toEqual([type, 415]);
      await answer.body.dump();
    }
  });

  it('take their cookie, and that from before them, back', async () => {
    const { browser, person } = await emptyTown(kind);
    await person('ada');
    const own = browser();
    await own.signIn('ada', PASSWORD);
    expect([...own.cookies.keys()]).toEqual(['rollcall']);
    await own.get('/sessions');
    await own.post('/sign-out', {});
    expect(own.cookies.has('rollcall')).toBe(false);
    await own.signIn('ada', PASSWORD);
    await own.get('/sessions');
    await own.api('DELETE', '/session');
    expect(own.cookies.has('rollcall')).toBe(false);
  });

  it('keep of the name of a browser what is short', async () => {
    const { rollcall, person } = await emptyTown(kind);
    await person('ada');
    const answer = await request(`${rollcall.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': '9'.repeat(1000) },
      body: JSON.stringify({ username: 'ada', password: PASSWORD }),
    });
    await answer.body.dump();
    const { rows } = await sql`SELECT user_agent FROM sessions`.execute(rollcall.database.db);
    expect(rows).toEqual([{ user_agent: '9'.repeat(300) }]);
  });
});
