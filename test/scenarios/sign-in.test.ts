import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeAdministratorLink } from '../../src/sign-in/first-administrator.ts';
import { makeResetLink } from '../../src/sign-in/password-reset.ts';
import { writePassword } from '../../src/store/passwords.ts';
import { beginAttempt } from '../../src/store/throttles.ts';
import { transact } from '../../src/store/transact.ts';
import { made } from '../support/api.ts';
import { PortalBrowser } from '../support/portal-browser.ts';
import { databaseKinds } from '../support/database.ts';
import { startMailServer } from '../support/mail-server.ts';
import { emptyTown, PASSWORD, startTown } from '../support/people.ts';
import { until } from '../support/scene.ts';

const tokenIn = (text: string): string => /token=([\w-]{43})/.exec(text)?.[1] ?? '';

describe.each(databaseKinds)('signing in (%s)', (kind) => {
  it('makes the first administrator by a link that works once', async () => {
    const { rollcall, browser } = await emptyTown(kind);
    const { database, url } = rollcall;
    const old = tokenIn(await makeAdministratorLink(database, url));
    const token = tokenIn(await makeAdministratorLink(database, url));
    const own = browser();
    expect((await own.get(`/first-administrator?token=${old}`)).status).toBe(404);
    expect((await own.get(`/first-administrator?token=${token}`)).status).toBe(200);
    const fields = { token, username: 'ada', email: '', password: PASSWORD, repeated: PASSWORD };
    const weak = await own.post('/first-administrator', {
      ...fields,
      password: 'Password1234',
      repeated: 'Password1234',
    });
    expect([weak.status, weak.text]).toEqual([400, expect.stringContaining('guessed first')]);
    const done = await own.post('/first-administrator', fields);
    expect([done.status, done.location]).toEqual([303, '/']);
    expect((await own.api('GET', '/session')).body).toMatchObject({ username: 'ada', role: 'administrator' });
    const other = browser();
    await other.get('/sign-in');
    expect((await other.post('/first-administrator', { ...fields, username: 'eve' })).status).toBe(404);
  });

  it('says how to begin while there is no administrator, without the link, and not after', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const { database, url } = rollcall;
    const token = tokenIn(await makeAdministratorLink(database, url));
    const begin = 'Rollcall has no administrator yet.';
    const { text } = await browser().get('/sign-in?next=/console/');
    expect(text).toContain(begin);
    expect(text).toContain('Each start prints a new link until then.');
    expect(text).not.toContain(token);
    expect((await browser().signIn('ada', 'not the password')).text).toContain(begin);

    await rollcall.api('PUT', `/administrators/${await person('mia')}`, { role: 'manager' });
    expect((await browser().get('/sign-in')).text).toContain(begin);
    const ada = await person('ada');
    await rollcall.api('PUT', `/administrators/${ada}`, { role: 'administrator' });
    expect((await browser().get('/sign-in')).text).not.toContain(begin);
    expect((await browser().signIn('ada', 'not the password')).text).not.toContain(begin);
  });

  it('ends the link for the first administrator once somebody was given that role in another way', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const { api, database, url } = rollcall;
    const token = tokenIn(await makeAdministratorLink(database, url));
    const id = await person('ada');
    expect((await api('PUT', `/administrators/${id}`, { role: 'manager' })).status).toBe(200);
    expect((await browser().get(`/first-administrator?token=${token}`)).status).toBe(200);
    expect((await api('PUT', `/administrators/${id}`, { role: 'administrator' })).status).toBe(200);
    const late = await browser().get(`/first-administrator?token=${token}`);
    expect([late.status, late.text]).toEqual([404, expect.stringContaining('became an administrator')]);
  });

  it('answers a wrong password, an unknown name, and a suspended user alike', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    await person('ada');
    const bob = await person('bob');
    await rollcall.api('PATCH', `/users/${bob}`, { state: 'suspended' });
    const said = async (username: string, password: string) => {
      const { status, text } = await browser().signIn(username, password);
      return [status, text.replace(/(csrf"? value="|data-csrf=")[^"]*/g, '').replaceAll(username, '')];
    };
    const wrong = await said('ada', 'not the password');
    expect(wrong[0]).toBe(401);
    expect(await said('nobody', 'not the password')).toEqual(wrong);
    expect(await said('bob', PASSWORD)).toEqual(wrong);
  });

  it('knows nobody by a name that no name can be', async () => {
    const { browser } = await emptyTown(kind);
    const own = browser();
    expect((await own.signIn('a\u0000da', PASSWORD)).status).toBe(401);
    const body = { username: 'a\u0000da', password: PASSWORD };
    expect((await own.api('POST', '/session', body)).status).toBe(400);
    expect((await own.api('POST', '/session', { ...body, username: 'a\ud800' })).status).toBe(400);
  });

  it('lets an account wait longer and longer after failures, and never for good', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    await person('ada');
    const own = browser();
    for (let failure = 0; failure < 5; failure += 1)
      expect((await own.signIn('ada', 'wrong')).status).toBe(401);
    const refused = await own.signIn('ada', PASSWORD);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    await sql`UPDATE throttles SET wait_until = now()`.execute(rollcall.database.db);
    expect((await own.signIn('ada', 'wrong')).status).toBe(401);
    expect((await own.signIn('ada', PASSWORD)).headers['retry-after']).toMatch(/^[12]$/);
    await sql`UPDATE throttles SET wait_until = now()`.execute(rollcall.database.db);
    expect((await own.signIn('ADA@example.com', PASSWORD)).location).toBe('/');
    expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
  });

  it('lets a name that is nobody’s wait like an account: a wait does not tell who is there', async () => {
    const { browser } = await emptyTown(kind);
    const own = browser();
    const statuses: number[] = [];
    for (const name of ['nobody', 'Nobody', 'NOBODY', 'nobody', 'nobody', 'nobody'])
      statuses.push((await own.signIn(name, 'wrong')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('counts attempts at one moment one by one', async () => {
    const { browser, person } = await emptyTown(kind);
    await person('ada');
    const attempts = Array.from({ length: 9 }, () => browser().signIn('ada', 'wrong'));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  });

  it('slows an address down, whatever names it tries', async () => {
    const { browser } = await emptyTown(kind);
    const statuses: number[] = [];
    for (let name = 0; name < 22; name += 1)
      statuses.push((await browser().signIn(`user${name}`, 'wrong')).status);
    expect(statuses.slice(0, 21)).toEqual(Array.from({ length: 21 }, () => 401));
    expect(statuses[21]).toBe(429);
  });

  it('forgets what failed at an address minute by minute, also where people sign in meanwhile', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    await person('ada');
    const later = (seconds: number) =>
      sql`UPDATE throttles SET wait_until = now(), failed_at = failed_at - make_interval(secs => ${seconds})`.execute(
        rollcall.database.db,
      );
    for (let name = 0; name < 21; name += 1) await browser().signIn(`user${name}`, 'wrong');
    expect((await browser().signIn('ada', PASSWORD)).status).toBe(429);
    await later(50);
    expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
    await later(20);
    // The 21st again: the first of them is forgotten.
    expect((await browser().signIn('ada', 'wrong')).status).toBe(401);
    expect((await browser().signIn('ada', PASSWORD)).headers['retry-after']).toBe('1');
    await later(600);
    for (let failure = 0; failure < 4; failure += 1)
      expect((await browser().signIn('nobody', 'wrong')).status).toBe(401);
    expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
  });

  if (kind === 'postgres')
    it('makes nobody wait for an attempt that was counted while theirs began', async () => {
      const { database } = (await emptyTown(kind)).rollcall;
      expect(await beginAttempt(database, 'address', '192.0.2.7')).toBe(0);
      const begun: Promise<number>[] = [];
      await database.db.transaction().execute(async (tx) => {
        await sql`UPDATE throttles SET failures = 2`.execute(tx);
        begun.push(beginAttempt(database, 'address', '192.0.2.7'));
        await until('it waits for the count', async () => {
          const { rows } = await sql`SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(database.db);
          return rows.length > 0;
        });
        await sql`UPDATE throttles SET wait_until = clock_timestamp()`.execute(tx);
      });
      expect(await begun[0]).toBe(0);
    });

  it('slows no address down for an account that has to wait: nothing is tried there', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    await person('ada');
    await person('bob');
    for (const name of ['nobody', 'ada', 'ada', 'ada', 'ada', 'ada']) await browser().signIn(name, 'wrong');
    await sql`UPDATE throttles SET wait_until = now() + interval '1 hour' WHERE failures = 5`.execute(
      rollcall.database.db,
    );
    for (let attempt = 0; attempt < 20; attempt += 1)
      expect((await browser().signIn('ada', PASSWORD)).status).toBe(429);
    expect((await browser().signIn('bob', 'wrong')).status).toBe(401);
    expect((await browser().signIn('bob', PASSWORD)).location).toBe('/');
  });

  it('sends a link to each of many people behind one address', async () => {
    const mail = await startMailServer();
    const { browser, person } = await startTown(kind, { SMTP_URL: mail.url });
    const names = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus'];
    for (const name of names) await person(name);
    const own = browser();
    await own.get('/forgotten-password');
    for (const username of names) await own.post('/forgotten-password', { username });
    const to = (await mail.received(names.length)).map((text) => /^To: (\w+)@/m.exec(text)?.[1]);
    expect(to.toSorted()).toEqual(names);
  });

  it('sends nobody mail upon mail: from the fourth link on, a person has to wait', async () => {
    const mail = await startMailServer();
    const { rollcall, browser, person } = await startTown(kind, { SMTP_URL: mail.url });
    for (const name of ['ada', 'bob']) await person(name);
    const own = browser();
    await own.get('/forgotten-password');
    for (let sent = 1; sent <= 4; sent += 1) {
      await own.post('/forgotten-password', { username: 'ada' });
      await mail.received(sent);
    }
    await sql`UPDATE throttles SET wait_until = now() + interval '1 hour'
      WHERE wait_until = (SELECT max(wait_until) FROM throttles)`.execute(rollcall.database.db);
    await own.post('/forgotten-password', { username: 'ada' });
    await own.post('/forgotten-password', { username: 'bob' });
    const to = (await mail.received(5)).map((text) => /^To: (\w+)@/m.exec(text)?.[1]);
    expect(to).toEqual(['ada', 'ada', 'ada', 'ada', 'bob']);
  });

  it('resets a password by a mail that only the person gets, once', async () => {
    const mail = await startMailServer();
    const { browser, person, signedIn } = await startTown(kind, { SMTP_URL: mail.url });
    const elsewhere = await signedIn('ada');
    await person('bob');
    const own = browser();
    await own.get('/forgotten-password');
    const unknown = await own.post('/forgotten-password', { username: 'nobody' });
    const known = await own.post('/forgotten-password', { username: 'ada' });
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    const [message = ''] = await mail.received(1);
    expect(message).toMatch(/^To: ada@example\.com/m);
    const token = tokenIn(message);
    expect((await own.get(`/reset-password?token=${token}`)).text).toContain('ada');
    const password = 'nine lazy teapots';
    const differ = await own.post('/reset-password', { token, password, repeated: 'nine lazy teapot' });
    expect([differ.status, differ.text]).toEqual([400, expect.stringContaining('id="repeated-wrong"')]);
    const set = await own.post('/reset-password', { token, password, repeated: password });
    expect(set.location).toBe('/sign-in?said=password');
    expect((await own.post('/reset-password', { token, password, repeated: password })).status).toBe(404);
    expect((await elsewhere.get('/')).location).toContain('/sign-in');
    expect((await browser().signIn('ada', PASSWORD)).status).toBe(401);
    expect((await browser().signIn('ada', password)).location).toBe('/');
    expect(mail.messages).toHaveLength(1);
  });

  it('takes a link for what it was made for, and not after its time', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const { database, url } = rollcall;
    const id = await person('ada');
    const reset = tokenIn(await transact(database, (tx) => makeResetLink(tx, id, url)));
    const first = tokenIn(await makeAdministratorLink(database, url));
    const own = browser();
    await own.get(`/reset-password?token=${reset}`);
    const password = { password: 'nine lazy teapots', repeated: 'nine lazy teapots' };
    const make = { token: reset, username: 'eve', email: '', ...password };
    expect((await own.post('/first-administrator', make)).status).toBe(404);
    expect((await own.get(`/first-administrator?token=${reset}`)).status).toBe(404);
    expect((await own.get(`/reset-password?token=${first}`)).status).toBe(404);
    await sql`UPDATE one_time_links SET expires_at = now()`.execute(database.db);
    await own.get('/sign-in');
    expect((await own.post('/reset-password', { token: reset, ...password })).status).toBe(404);
    expect((await own.post('/first-administrator', { ...make, token: first })).status).toBe(404);
    expect((await own.signIn('ada', PASSWORD)).location).toBe('/');
  });

  it('knows nobody by an email address that two people have', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    await person('ada');
    const bob = await person('bob');
    expect((await browser().signIn('ada@example.com', PASSWORD)).location).toBe('/');
    await rollcall.api('PATCH', `/users/${bob}`, { email: 'ada@example.com' });
    expect((await browser().signIn('ada@example.com', PASSWORD)).status).toBe(401);
  });

  it('lets somebody in at once who set another password by a link, whatever was guessed before', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const { database, url } = rollcall;
    const id = await person('ada');
    for (let failure = 0; failure < 8; failure += 1) {
      await sql`UPDATE throttles SET wait_until = now()`.execute(database.db);
      expect((await browser().signIn('ada', 'wrong')).status).toBe(401);
    }
    expect((await browser().signIn('ada', PASSWORD)).status).toBe(429);
    const token = tokenIn(await transact(database, (tx) => makeResetLink(tx, id, url)));
    const own = browser();
    await own.get(`/reset-password?token=${token}`);
    const password = 'nine lazy teapots';
    const set = await own.post('/reset-password', { token, password, repeated: password });
    expect(set.location).toBe('/sign-in?said=password');
    expect((await own.signIn('ada', password)).location).toBe('/');
  });

  it.each(['one by one', 'in bulk'])(
    'ends a link for a new password with the address that it was sent to, which is changed %s',
    async (way) => {
      const { rollcall, browser, person } = await emptyTown(kind);
      const { api, database, url } = rollcall;
      const id = await person('ada');
      const path = new URL(await transact(database, (tx) => makeResetLink(tx, id, url)));
      const lastname = { username: 'ada', lastname: 'Lovelace' };
      const email = { username: 'ada', email: 'lovelace@example.com' };
      const change = (user: object) =>
        way === 'in bulk'
          ? api('POST', '/users/bulk?existing=update', { users: [user] })
          : api('PATCH', `/users/${id}`, user);
      const own = browser();
      expect((await change(lastname)).status).toBe(200);
      expect((await own.get(path.pathname + path.search)).status).toBe(200);
      expect((await change(email)).status).toBe(200);
      expect((await own.get(path.pathname + path.search)).status).toBe(404);
    },
  );

  it('changes a password with the current one, and ends the other sessions', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    const other = browser();
    await other.signIn('ada', PASSWORD);
    const next = 'nine lazy teapots';
    expect((await own.api('POST', '/me/password', { current: 'wrong', password: next })).status).toBe(400);
    expect((await own.api('POST', '/me/password', { current: PASSWORD, password: 'ada' })).status).toBe(400);
    await own.get('/password');
    const changed = await own.post('/password', { current: PASSWORD, password: next, repeated: next });
    expect(changed.location).toBe('/password?said=saved');
    expect((await own.get('/password')).status).toBe(200);
    expect((await other.get('/password')).status).toBe(303);
  });

  it('hashes a password anew where that was done with the parameters of an older Rollcall', async () => {
    const { rollcall, browser, person } = await emptyTown(kind);
    const { db } = rollcall.database;
    const id = await person('ada');
    const old = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await writePassword(db, id, old);
    const stored = async () =>
      (await db.selectFrom('passwords').select('hash').executeTakeFirstOrThrow()).hash;
    expect((await browser().signIn('ada', 'not the password')).status).toBe(401);
    expect(await stored()).toBe(old);
    expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
    const renewed = await stored();
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
    expect(await stored()).toBe(renewed);
  });

  it('shows the applications that are a person’s own', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    const call = { call: rollcall.api };
    const { body: users } = await rollcall.api('GET', '/users?search=ada');
    expect(users).toMatchObject({ total: 1 });
    const group = await made(call, '/groups', { name: 'Everybody' });
    const wiki = await made(call, '/applications', { connector: 'scim2', label: 'Wiki <b>' });
    await made(call, '/applications', { connector: 'scim2', label: 'Not mine' });
    await rollcall.database.db.updateTable('applications').set({ sso: '{"enabled":true}' }).execute();
    await rollcall.api('POST', `/applications/${wiki}/groups`, { add: [group] });
    expect((await own.get('/')).text).toContain('No application is yours yet');
    const { userId } = await rollcall.database.db
      .selectFrom('sessions')
      .select('user_id as userId')
      .executeTakeFirstOrThrow();
    await rollcall.api('POST', `/groups/${group}/members`, { add: [userId] });
    const { text } = await own.get('/');
    expect(text).toContain(`href="/saml/${wiki}/start"`);
    expect(text).toContain('Wiki &lt;b&gt;');
    expect(text).not.toContain('Not mine');
  });

  it.each([
    ['/saml/0/start?x=1', '/saml/0/start?x=1'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
  ])('goes on to %j by %j: only to its own pages', async (next, expected) => {
    const { browser, person } = await emptyTown(kind);
    await person('ada');
    expect((await browser().signIn('ada', PASSWORD, next)).location).toBe(expected);
  });
});

describe.each(databaseKinds)('sessions (%s)', (kind) => {
  it('are new with each sign-in, and their cookie is kept from scripts and other sites', async () => {
    const { browser, person } = await emptyTown(kind);
    await person('ada');
    const own = browser();
    const first = await own.signIn('ada', PASSWORD);
    expect(first.setCookies[0]).toMatch(
      /^rollcall=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const before = own.cookies.get('rollcall') ?? '';
    await own.get('/sign-in?again=1&next=/sessions');
    const again = await own.post('/sign-in', { again: '1', password: PASSWORD, next: '/sessions' });
    expect(again.location).toBe('/sessions');
    expect(own.cookies.get('rollcall')).not.toBe(before);
    const thief = new PortalBrowser(own.url);
    thief.cookies.set('rollcall', before);
    expect((await thief.api('GET', '/session')).status).toBe(401);
  });

  it('have a cookie that is bound to the host where the server is reached by https', async () => {
    const { browser, person } = await emptyTown(kind, {
      ROLLCALL_PUBLIC_URL: 'https://rollcall.example.com',
    });
    await person('ada');
    const { setCookies } = await browser().signIn('ada', PASSWORD);
    expect(setCookies[0]).toMatch(/^__Host-rollcall=[\w-]{43}; .*; SameSite=Lax; Secure$/);
  });

  it.each([
    ['a read that somebody asked for', 'GET', {}, false],
    ['a read that a page sent by itself', 'GET', { 'x-background': 'true' }, true],
    ['a write, whatever it says', 'POST', { 'x-background': 'true' }, false],
  ] as const)('are kept from coming to rest by use alone: %s', async (_what, method, headers, rests) => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const own = await signedIn('ada', 'administrator');
    const { db } = rollcall.database;
    await sql`UPDATE sessions SET last_seen_at = now() - interval '5 minutes'`.execute(db);
    const body = method === 'POST' ? { name: 'Engineering' } : undefined;
    expect((await own.api(method, '/groups', body, own.csrf, headers)).status).toBeLessThan(300);
    const { rows } = await sql`
      SELECT last_seen_at < now() - interval '4 minutes' AS rests FROM sessions`.execute(db);
    expect(rows).toEqual([{ rests }]);
  });

  it.each([
    ['it rested too long', sql`UPDATE sessions SET last_seen_at = now() - interval '12 hours 1 second'`],
    ['it is too old', sql`UPDATE sessions SET expires_at = now()`],
    ['its user was suspended', sql`UPDATE users SET state = 'suspended'`],
    ['its user was deleted', sql`DELETE FROM users`],
  ])('end when %s', async (_why, change) => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    expect((await own.api('GET', '/session')).status).toBe(200);
    await change.execute(rollcall.database.db);
    expect((await own.api('GET', '/session')).status).toBe(401);
    expect((await own.get('/sessions')).location).toBe('/sign-in?next=%2Fsessions');
  });

  it.each([
    ['a change', 'PATCH', '/users/:id', { state: 'suspended' }],
    [
      'an import',
      'POST',
      '/users/bulk?existing=update',
      { users: [{ username: 'ada', state: 'suspended' }] },
    ],
  ] as const)(
    'do not come back with somebody who was suspended by %s, nor do their links',
    async (_how, method, path, body) => {
      const { rollcall, browser, signedIn } = await emptyTown(kind);
      const own = await signedIn('ada');
      const { userId } = z.looseObject({ userId: z.string() }).parse((await own.api('GET', '/session')).body);
      const reset = await rollcall.api('POST', `/users/${userId}/password-reset`, { deliver: 'link' });
      const { link } = z.object({ link: z.string() }).parse(reset.body);
      expect((await rollcall.api(method, path.replace(':id', userId), body)).status).toBe(200);
      await rollcall.api('PATCH', `/users/${userId}`, { state: 'active' });
      expect((await own.api('GET', '/session')).status).toBe(401);
      expect((await browser().get(link.replace(rollcall.url, ''))).status).toBe(404);
      expect((await browser().signIn('ada', PASSWORD)).location).toBe('/');
    },
  );

  it('are listed and ended one by one', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    const other = browser();
    await other.signIn('ada', PASSWORD);
    const { body } = await own.api('GET', '/me/sessions');
    expect(body).toMatchObject({ items: [{ current: false }, { current: true }] });
    const page = await own.get('/sessions');
    const id = /name="id" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await own.post('/sessions/end', { id });
    expect((await other.get('/')).status).toBe(303);
    expect((await own.get('/')).status).toBe(200);
    await own.post('/sign-out', {});
    expect((await own.get('/')).status).toBe(303);
  });

  it.each([
    ['', '127.0.0.1'],
    ['127.0.0.1', '192.0.2.7'],
    ['10.0.0.0/8, 127.0.0.0/8', '192.0.2.7'],
    ['fd00::/8,::ffff:127.0.0.0/104', '192.0.2.7'],
    ['10.0.0.0/8,fd00::/8', '127.0.0.1'],
  ])(
    'take the word of a proxy (%j) for where people are only where it is trusted: %s',
    async (proxies, address) => {
      const { rollcall, person } = await emptyTown(kind, { ROLLCALL_TRUSTED_PROXIES: proxies });
      await person('ada');
      const answer = await fetch(`${rollcall.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' },
        body: JSON.stringify({ username: 'ada', password: PASSWORD }),
      });
      expect(answer.status).toBe(201);
      expect(await rollcall.database.db.selectFrom('sessions').select('address').execute()).toEqual([
        { address },
      ]);
    },
  );

  it('do not let a page of somebody else write', async () => {
    const { browser, signedIn } = await emptyTown(kind);
    const own = await signedIn('ada');
    const stranger = browser();
    await stranger.get('/sign-in');
    for (const csrf of ['', 'x', stranger.csrf]) {
      expect((await own.api('DELETE', '/me/sessions', undefined, csrf)).status).toBe(403);
      expect((await own.post('/password', { current: PASSWORD }, csrf)).status).toBe(403);
      expect((await own.post('/sign-out', {}, csrf)).location).toBe('/sign-out?next=%2F');
      const signedIn = await own.post('/sign-in', { username: 'eve', password: PASSWORD, next: '/x' }, csrf);
      expect(signedIn.location).toBe('/sign-in?next=%2Fx&said=anew');
    }
    expect((await own.get('/')).text).toContain('Hello, ada');
  });

  it('say nothing of headers to people', async () => {
    const own = await (await emptyTown(kind)).signedIn('ada');
    const { status, text } = await own.post('/password', { current: PASSWORD }, 'x');
    expect([status, text]).toEqual([403, expect.stringContaining('somebody signed in or out')]);
    expect(text).not.toContain('csrf-token');
  });

  it('go on where a second click finds that the first has signed in', async () => {
    const { browser, person } = await emptyTown(kind);
    await person('ada');
    const own = browser();
    await own.get('/sign-in?next=%2Fpassword');
    const fields = { username: 'ada', password: PASSWORD, next: '/password' };
    expect((await own.post('/sign-in', fields)).location).toBe('/password');
    const second = await own.post('/sign-in', fields);
    expect((await own.get(second.location)).location).toBe('/password');
  });

  it('let somebody else go on where one was asked whether it is still them', async () => {
    const { person, signedIn } = await emptyTown(kind);
    await person('bob');
    const own = await signedIn('ada');
    const { text } = await own.get('/sign-in?next=%2Fpassword&again=1');
    expect(text).toContain('href="/sign-out?next=%2Fpassword"');
    expect((await own.get('/sign-out?next=%2Fpassword')).text).toContain('You are signed in as ada.');
    const out = await own.post('/sign-out', { next: '/password' });
    expect(out.location).toBe('/sign-in?next=%2Fpassword');
    expect((await own.get('/sign-out?next=%2Fpassword')).location).toBe('/sign-in?next=%2Fpassword');
    expect((await own.signIn('bob', PASSWORD, '/password')).location).toBe('/password');
  });

  it('do not let a page of one person write in the name of another', async () => {
    const { rollcall, signedIn, person } = await emptyTown(kind);
    const own = await signedIn('ada', 'administrator');
    const meant = async (userId: string): Promise<number> => {
      const cookie = [...own.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { cookie, 'x-csrf-token': own.csrf, 'x-user-id': userId };
      return (await fetch(`${rollcall.url}/api/v1/me/sessions`, { method: 'DELETE', headers })).status;
    };
    expect(await meant(await person('eve'))).toBe(403);
    const { body } = await own.api('GET', '/session');
    expect(await meant(z.looseObject({ userId: z.string() }).parse(body).userId)).toBe(204);
  });

  it('are answered by pages that nobody keeps, frames or adds to', async () => {
    const { headers } = await (await emptyTown(kind)).browser().get('/sign-in');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'.*form-action 'self'.*base-uri 'none'.*frame-ancestors 'none'/,
    );
  });
});
