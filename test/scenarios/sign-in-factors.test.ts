import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Authenticator } from '../support/authenticator.ts';
import { databaseKinds } from '../support/database.ts';
import { startSession } from '../../src/sign-in/session.ts';
import { isFresh } from '../../src/http/visit.ts';
import { findHalfSignIn } from '../../src/store/half-sign-ins.ts';
import { replaceRecoveryCodes } from '../../src/store/recovery-codes.ts';
import { peekSession } from '../../src/store/sessions.ts';
import { transact } from '../../src/store/transact.ts';
import { addPasskey, codeIn, setUpApp, usePasskey } from '../support/factors.ts';
import { textLike } from '../support/matchers.ts';
import { emptyTown, PASSWORD } from '../support/people.ts';

const userSchema = z.looseObject({ userId: z.string() });
const factorsSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });

describe.each(databaseKinds)('second factors (%s)', (kind) => {
  it('asks for a code of the app after the password, and accepts none twice (RFC 6238 §5.2)', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const { secret } = await setUpApp(await signedIn('ada'));
    const own = browser();
    const step = await own.signIn('ada', PASSWORD, '/sessions');
    expect(step.location).toBe('/sign-in/second-factor?next=%2Fsessions');
    expect((await own.get('/sessions')).status).toBe(303);
    await own.get(step.location);
    expect((await own.post('/sign-in/second-factor', { code: '000000' })).status).toBe(401);
    const code = codeIn(secret);
    expect((await own.post('/sign-in/second-factor', { code, next: '/sessions' })).location).toBe(
      '/sessions',
    );
    expect((await own.api('GET', '/session')).body).toMatchObject({ methods: ['password', 'totp'] });
    const thief = browser();
    expect((await thief.api('POST', '/session', { username: 'ada', password: PASSWORD, code })).status).toBe(
      401,
    );
    const without = await thief.api('POST', '/session', { username: 'ada', password: PASSWORD });
    expect(without).toMatchObject({ status: 401, body: { secondFactor: ['totp'] } });
  });

  it('is awaited no more after the password was changed elsewhere', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const { secret } = await setUpApp(ada);
    const thief = browser();
    await thief.get((await thief.signIn('ada', PASSWORD)).location);
    const change = { current: PASSWORD, password: 'nine lazy teapots' };
    expect((await ada.api('POST', '/me/password', change)).status).toBeLessThan(300);
    const late = await thief.post('/sign-in/second-factor', { code: codeIn(secret) });
    expect(late.location).toMatch(/^\/sign-in(\?|$)/);
    expect((await thief.api('GET', '/session')).status).toBe(401);
    expect((await ada.api('GET', '/session')).status).toBe(200);
  });

  it('signs nobody in whose password was changed while the factor was looked at', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    await setUpApp(ada);
    const thief = browser();
    await thief.get((await thief.signIn('ada', PASSWORD)).location);
    const cookie = thief.cookies.get('rollcall-browser') ?? '';
    const { database } = rollcall;
    const half = await findHalfSignIn(database.db, cookie);
    if (half === undefined) throw new Error('A second factor should be awaited.');
    await ada.api('POST', '/me/password', { current: PASSWORD, password: 'nine lazy teapots' });
    const config = { sessionIdleHours: 1, sessionMaxHours: 1 };
    const note = () => () => Promise.resolve();
    const visit = { address: '', userAgent: '', cookie, session: null, note };
    await expect(startSession({ database, config }, half, ['password', 'totp'], visit)).rejects.toThrow(
      'This sign-in was finished or given up',
    );
  });

  it('changes factors only by one of them: an older session of the password alone is not enough', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const { secret } = await setUpApp(ada);
    const thief = browser();
    await thief.get((await thief.signIn('ada', PASSWORD)).location);
    await thief.post('/sign-in/second-factor', { code: codeIn(secret) });
    await thief.get('/factors');
    await sql`
      UPDATE sessions SET methods = '["password"]'
      WHERE id = (SELECT id FROM sessions ORDER BY id DESC LIMIT 1)`.execute(rollcall.database.db);
    const { body } = await thief.api('GET', '/me/factors');
    const { items } = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(body);
    const id = items[0]?.id ?? '';
    const attempts = [
      await thief.api('DELETE', `/me/factors/${id}`),
      await thief.api('POST', '/me/factors/totp', {}),
      await thief.api('POST', '/me/factors/recovery-codes'),
      await thief.api('POST', '/me/factors/passkeys/options'),
    ];
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ status: 403, body: { reauthenticate: true } });
    for (const form of ['/factors/remove', '/factors/totp', '/factors/recovery-codes'])
      expect((await thief.post(form, { id })).location).toBe('/sign-in?next=%2Ffactors&again=1');
    expect((await ada.api('DELETE', `/me/factors/${id}`)).status).toBe(204);
    expect((await ada.api('POST', '/me/factors/totp', {})).status).toBe(201);
  });

  it('is set up on a page, and shows recovery codes this once', async () => {
    const { signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    expect((await own.post('/factors/totp', {})).location).toBe('/factors/totp');
    const page = (await own.get('/factors/totp')).text;
    const secret = (/class="secret">([^<]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '');
    expect((await own.post('/factors/totp/confirm', { code: '12' })).text).toContain('id="code-wrong"');
    const codes = await own.post('/factors/totp/confirm', { code: codeIn(secret) });
    expect(codes.text.match(/<li>[0-9a-z]{4}(-[0-9a-z]{4}){3}<\/li>/g)).toHaveLength(10);
    expect((await own.get('/factors')).text).toContain('10 of 10 left');
  });

  it('is set up, and said to be, where the form is sent a second time', async () => {
    const { signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    await own.post('/factors/totp', {});
    const secret = (
      /class="secret">([^<]+)</.exec((await own.get('/factors/totp')).text)?.[1] ?? ''
    ).replaceAll(' ', '');
    const form = { code: codeIn(secret), next: '/portal' };
    const clicks = await Promise.all([1, 2, 3].map(() => own.post('/factors/totp/confirm', form)));
    expect(clicks.map(({ status }) => status).sort()).toEqual([200, 303, 303]);
    const { location } = await own.post('/factors/totp/confirm', form);
    expect(clicks.map((click) => click.location).sort()).toEqual(['', location, location]);
    const { text } = await own.get(location);
    expect(text).toContain('Your authenticator app is set up.');
    expect(text).toContain('<a href="/portal">Go on</a>');
  });

  it('makes the session fresh that set it up, also for a click that was under way', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const { database } = rollcall;
    const before = await peekSession(database.db, ada.cookies.get('rollcall') ?? '');
    await setUpApp(ada);
    expect(before?.methods).toEqual(['password']);
    expect(before && (await isFresh({ database }, before))).toBe(true);
    await ada.post('/sign-out', {});
    expect(before && (await isFresh({ database }, before))).toBe(false);
  });

  it('takes each recovery code once', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const { recoveryCodes } = await setUpApp(await signedIn('ada'));
    const [code = ''] = recoveryCodes;
    const body = { username: 'ada', password: PASSWORD, code: code.toUpperCase().replaceAll('-', ' ') };
    expect(await browser().api('POST', '/session', body)).toMatchObject({
      status: 201,
      body: { methods: ['password', 'recovery-code'] },
    });
    expect((await browser().api('POST', '/session', body)).status).toBe(401);
  });

  it('makes recovery codes for nobody who has no factor yet, so that none waits for the first one', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const thief = browser();
    await thief.signIn('ada', PASSWORD);
    await thief.get('/factors');
    expect(await thief.api('POST', '/me/factors/recovery-codes')).toMatchObject({
      status: 409,
      body: { detail: textLike(/with your first second factor/) },
    });
    const { status, text } = await thief.post('/factors/recovery-codes', {});
    expect([status, text]).toEqual([409, textLike(/with your first second factor/)]);
    expect((await setUpApp(ada)).recoveryCodes).toHaveLength(10);
  });

  it('ends recovery codes from before the first factor', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const { userId } = userSchema.parse((await ada.api('GET', '/session')).body);
    await transact(rollcall.database, (tx) => replaceRecoveryCodes(tx, userId, ['0000-0000-0000-0000']));
    const { recoveryCodes } = await setUpApp(ada);
    expect(recoveryCodes).toHaveLength(10);
    const body = { username: 'ada', password: PASSWORD };
    const [code] = recoveryCodes;
    expect((await browser().api('POST', '/session', { ...body, code: '0000-0000-0000-0000' })).status).toBe(
      401,
    );
    expect((await browser().api('POST', '/session', { ...body, code })).status).toBe(201);
  });

  it('lets wrong codes wait', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    await setUpApp(await signedIn('ada'));
    const own = browser();
    await own.get((await own.signIn('ada', PASSWORD)).location);
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1)
      statuses.push((await own.post('/sign-in/second-factor', { code: `00000${guess}` })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('takes a passkey as second factor, and alone where the device verified its user', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const device = new Authenticator(rollcall.url);
    expect((await addPasskey(await signedIn('ada'), device)).status).toBe(201);
    expect(await usePasskey(browser(), device)).toMatchObject({
      status: 201,
      body: { methods: ['passkey'] },
    });
    expect((await usePasskey(browser(), device, false)).status).toBe(401);
    const own = browser();
    await own.signIn('ada', PASSWORD);
    expect(await usePasskey(own, device, false)).toMatchObject({
      status: 201,
      body: { username: 'ada', methods: ['password', 'passkey'] },
    });
  });

  it('begins again for whoever comes next: a passkey alone is no second step of the one before', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    await setUpApp(await signedIn('ada'));
    const device = new Authenticator(rollcall.url);
    await addPasskey(await signedIn('bob'), device);
    const shared = browser();
    await shared.get((await shared.signIn('ada', PASSWORD)).location);
    await shared.get('/sign-in');
    expect(await usePasskey(shared, device)).toMatchObject({
      status: 201,
      body: { username: 'bob', methods: ['passkey'] },
    });
  });

  it('refuses a passkey of somebody else, of another origin, and an answer that was seen before', async () => {
    const { rollcall, browser, signedIn, person } = await emptyTown(kind);
    const device = new Authenticator(rollcall.url);
    await addPasskey(await signedIn('ada'), device);
    const bob = await signedIn('bob');
    await addPasskey(bob, new Authenticator(rollcall.url));
    await person('carol');
    const own = browser();
    await own.signIn('bob', PASSWORD);
    expect((await usePasskey(own, device)).status).toBe(401);
    const elsewhere = new Authenticator('http://evil.example');
    const { body: options } = await bob.api('POST', '/me/factors/passkeys/options');
    expect(
      (await bob.api('POST', '/me/factors/passkeys', { response: elsewhere.create(options) })).status,
    ).toBe(400);
    const replay = browser();
    const { body } = await replay.api('POST', '/session/passkey/options');
    const answer = device.get(body);
    expect((await replay.api('POST', '/session/passkey', answer)).status).toBe(201);
    expect((await browser().api('POST', '/session/passkey', answer)).status).toBe(400);
  });

  it('refuses a passkey that counts fewer uses than before: it is a copy', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const device = new Authenticator(rollcall.url);
    await addPasskey(await signedIn('ada'), device);
    expect((await usePasskey(browser(), device)).status).toBe(201);
    expect((await usePasskey(browser(), device)).status).toBe(201);
    device.rewind();
    for (const use of [1, 2]) expect([use, (await usePasskey(browser(), device)).status]).toEqual([use, 401]);
  });

  it('waits ten minutes for a second factor, and for what a passkey has to sign', async () => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const { db } = rollcall.database;
    const device = new Authenticator(rollcall.url);
    const ada = await signedIn('ada');
    const { secret } = await setUpApp(ada);
    await addPasskey(ada, device);
    const late = browser();
    await late.get((await late.signIn('ada', PASSWORD)).location);
    await sql`UPDATE half_sign_ins SET expires_at = now()`.execute(db);
    const answer = await late.post('/sign-in/second-factor', { code: codeIn(secret) });
    expect(answer.location).toMatch(/^\/sign-in\?/);
    expect((await late.api('GET', '/session')).status).toBe(401);
    const { body } = await late.api('POST', '/session/passkey/options');
    await sql`UPDATE passkey_challenges SET expires_at = now()`.execute(db);
    expect((await late.api('POST', '/session/passkey', device.get(body))).status).toBe(400);
  });

  it('are nobody else’s: neither their codes, nor to take away', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const bob = await signedIn('bob');
    const [code = ''] = (await setUpApp(ada)).recoveryCodes;
    await setUpApp(bob);
    const body = { username: 'bob', password: PASSWORD, code };
    expect((await browser().api('POST', '/session', body)).status).toBe(401);
    const { items } = factorsSchema.parse((await ada.api('GET', '/me/factors')).body);
    expect((await bob.api('DELETE', `/me/factors/${items[0]?.id ?? ''}`)).status).toBe(404);
    expect((await browser().api('POST', '/session', { ...body, username: 'ada' })).status).toBe(201);
  });

  it('refuses a passkey that is set up already, also for somebody else', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const device = new Authenticator(rollcall.url);
    const ada = await signedIn('ada');
    expect((await addPasskey(ada, device)).status).toBe(201);
    for (const own of [ada, await signedIn('eve')])
      expect(await addPasskey(own, device)).toMatchObject({
        status: 409,
        body: { detail: textLike(/set up here already/) },
      });
    expect((await usePasskey(ada, device)).body).toMatchObject({ username: 'ada' });
  });

  it('asks for a sign-in of a moment ago before a factor changes', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    await sql`UPDATE sessions SET authenticated_at = now() - interval '11 minutes'`.execute(
      rollcall.database.db,
    );
    expect(await own.api('POST', '/me/factors/totp', {})).toMatchObject({
      status: 403,
      body: { reauthenticate: true },
    });
    expect((await own.post('/factors/totp', {})).location).toBe('/sign-in?next=%2Ffactors&again=1');
  });

  it('can be required of those who hold a role: it counts only after a second factor', async () => {
    const { signedIn } = await emptyTown(kind, { ROLLCALL_ADMINISTRATORS_NEED_SECOND_FACTOR: 'true' });
    const own = await signedIn('ada', 'help-desk');
    const { body } = await own.api('GET', '/session');
    const { userId } = z.looseObject({ userId: z.string() }).parse(body);
    expect(body).toMatchObject({ role: 'help-desk', permissions: [], needsSecondFactor: true });
    expect((await own.get('/')).location).toBe('/factors');
    expect((await own.get('/sessions?x=1')).location).toBe('/factors?next=%2Fsessions%3Fx%3D1');
    expect((await own.api('GET', `/users/${userId}/sessions`)).status).toBe(403);
    await setUpApp(own);
    expect((await own.get('/')).location).toBe('/console/');
    expect((await own.api('GET', `/users/${userId}/sessions`)).status).toBe(200);
    expect((await own.api('GET', '/session')).body).toMatchObject({
      permissions: expect.arrayContaining(['read']) as unknown,
      needsSecondFactor: false,
    });
  });
});

describe.each(databaseKinds)('a demanded second factor (%s)', (kind) => {
  it('leads on to where the person was going, from the first page to the recovery codes', async () => {
    const { browser, person } = await emptyTown(kind, { ROLLCALL_ADMINISTRATORS_NEED_SECOND_FACTOR: 'true' });
    await person('ada', 'help-desk');
    const own = browser();
    const { location } = await own.signIn('ada', PASSWORD, '/sessions');
    const demanded = await own.get((await own.get(location)).location);
    expect(demanded.text).toContain('Set one up to go on');
    const { next = '' } = /name="next" value="(?<next>[^"]*)"/.exec(demanded.text)?.groups ?? {};
    const page = await own.get((await own.post('/factors/totp', { next })).location);
    const secret = (/class="secret">([^<]+)</.exec(page.text)?.[1] ?? '').replaceAll(' ', '');
    const wrong = await own.post('/factors/totp/confirm', { code: '000000', next });
    expect(wrong.text).toContain('name="next" value="/sessions"');
    const codes = await own.post('/factors/totp/confirm', { code: codeIn(secret), next });
    expect(codes.text).toContain('<a class="button" href="/sessions">I have kept them</a>');
  });
});

describe.each(databaseKinds)('a factor that is taken away (%s)', (kind) => {
  it.each(['over the API', 'on the page'])('ends the other sessions of its person, %s', async (way) => {
    const { browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const { secret } = await setUpApp(ada);
    const thief = browser();
    await thief.signIn('ada', PASSWORD);
    await thief.get('/sign-in/second-factor');
    await thief.post('/sign-in/second-factor', { code: codeIn(secret, 1) });
    expect((await thief.get('/')).status).toBe(200);
    const { body } = await ada.api('GET', '/me/factors');
    const [factor] = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(body).items;
    const id = factor?.id ?? '';
    if (way === 'on the page') await ada.post('/factors/remove', { id });
    else expect((await ada.api('DELETE', `/me/factors/${id}`)).status).toBe(204);
    expect((await thief.get('/')).status).toBe(303);
    expect((await ada.get('/')).status).toBe(200);
  });
});

describe.each(databaseKinds)('the help desk (%s)', (kind) => {
  it('sets no password of somebody who was given a role since, by a link from before', async () => {
    const { rollcall, browser, person, signedIn } = await emptyTown(kind);
    const desk = await signedIn('desk', 'help-desk');
    const ada = await person('ada');
    const made = await desk.api('POST', `/users/${ada}/password-reset`, { deliver: 'link' });
    const { link } = z.object({ link: z.string() }).parse(made.body);
    await rollcall.api('PUT', `/administrators/${ada}`, { role: 'administrator' });
    const own = browser();
    expect((await own.get(link.replace(rollcall.url, ''))).status).toBe(404);
    const token = new URL(link).searchParams.get('token') ?? '';
    await own.get('/sign-in');
    const password = 'nine lazy teapots';
    expect((await own.post('/reset-password', { token, password, repeated: password })).status).toBe(404);
    const again = await rollcall.api('POST', `/users/${ada}/password-reset`, { deliver: 'link' });
    const { link: theirs } = z.object({ link: z.string() }).parse(again.body);
    await rollcall.api('PUT', `/administrators/${ada}`, { role: 'manager' });
    expect((await own.get(theirs.replace(rollcall.url, ''))).status).toBe(200);
  });

  it('helps people who hold no role, and leaves others to administrators', async () => {
    const { rollcall, browser, person, signedIn } = await emptyTown(kind);
    const desk = await signedIn('desk', 'help-desk');
    const boss = await person('boss', 'administrator');
    const ada = await signedIn('ada');
    await setUpApp(ada);
    const { userId } = z.looseObject({ userId: z.string() }).parse((await ada.api('GET', '/session')).body);
    const { body } = await desk.api('GET', `/users/${userId}/factors`);
    const [factor] = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(body).items;
    expect((await desk.api('DELETE', `/users/${userId}/factors/${factor?.id ?? ''}`)).status).toBe(204);
    expect((await ada.get('/')).status).toBe(303);
    await ada.signIn('ada', PASSWORD);
    expect((await desk.api('DELETE', `/users/${userId}/sessions`)).status).toBe(204);
    expect((await ada.get('/')).status).toBe(303);
    expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
    const made = await desk.api('POST', `/users/${userId}/password-reset`, { deliver: 'link' });
    const { link } = z.object({ link: z.string() }).parse(made.body);
    expect((await browser().get(link.replace(rollcall.url, ''))).status).toBe(200);
    expect((await desk.api('POST', `/users/${userId}/password-reset`, {})).status).toBe(409);
    for (const path of ['password-reset', 'sessions'])
      expect(
        (
          await desk.api(
            path === 'sessions' ? 'DELETE' : 'POST',
            `/users/${boss}/${path}`,
            path === 'sessions' ? undefined : {},
          )
        ).status,
      ).toBe(403);
    expect((await rollcall.api('DELETE', `/users/${boss}/sessions`)).status).toBe(204);
    const plain = browser();
    await plain.signIn('ada', PASSWORD);
    await plain.get('/');
    expect((await plain.api('GET', `/users/${userId}/sessions`)).status).toBe(403);
  });
});
