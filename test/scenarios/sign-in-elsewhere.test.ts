/** What a person changes about how they sign in is theirs in one session, and ends the others. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Behind } from '../../src/behind.ts';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { removeFactor, startTotp } from '../../src/sign-in/factors.ts';
import { makeAdministratorLink } from '../../src/sign-in/first-administrator.ts';
import { makeResetLink } from '../../src/sign-in/password-reset.ts';
import { startSession } from '../../src/sign-in/session.ts';
import type { Database, Tx } from '../../src/store/database.ts';
import { lockPerson } from '../../src/store/guarded-person.ts';
import { findHalfSignIn } from '../../src/store/half-sign-ins.ts';
import { findPerson } from '../../src/store/passwords.ts';
import { loadSecretBox } from '../../src/store/secrets.ts';
import { listSessions } from '../../src/store/sessions.ts';
import { transact } from '../../src/store/transact.ts';
import { Authenticator } from '../support/authenticator.ts';
import { databaseKinds } from '../support/database.ts';
import { addPasskey, codeIn, setUpApp, usePasskey } from '../support/factors.ts';
import { textLike } from '../support/matchers.ts';
import { emptyTown, PASSWORD } from '../support/people.ts';
import type { PageAnswer, PortalBrowser } from '../support/portal-browser.ts';
import { until } from '../support/scene.ts';

const NEXT = 'nine lazy teapots';

const appSchema = z.looseObject({ secret: z.string() });
const itemsSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });

const beginApp = async (own: PortalBrowser): Promise<string> =>
  appSchema.parse((await own.api('POST', '/me/factors/totp', {})).body).secret;
const secretOn = ({ text }: PageAnswer): string =>
  (/class="secret">([^<]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '');
const factorsOf = async (own: PortalBrowser) =>
  itemsSchema.parse((await own.api('GET', '/me/factors')).body).items;
const firstFactor = async (own: PortalBrowser): Promise<string> => (await factorsOf(own))[0]?.id ?? '';

/** What is done in a session, by what it is called in the audit trail. */
interface Change {
  readonly act: string;
  /** Whether the person has a passkey before. */
  readonly hasPasskey?: true;
  readonly run: (own: PortalBrowser) => Promise<{ readonly status: number }>;
}

const changes: Readonly<Record<string, Change>> = {
  'adding an authenticator app': { act: 'factor.added', run: async (own) => (await setUpApp(own)).answer },
  'adding an authenticator app on the page': {
    act: 'factor.added',
    run: async (own) => {
      await own.post('/factors/totp', {});
      const code = codeIn(secretOn(await own.get('/factors/totp')));
      return own.post('/factors/totp/confirm', { code });
    },
  },
  'adding a passkey': { act: 'factor.added', run: (own) => addPasskey(own, new Authenticator(own.url)) },
  'taking a factor away': {
    act: 'factor.removed',
    hasPasskey: true,
    run: async (own) => own.api('DELETE', `/me/factors/${await firstFactor(own)}`),
  },
  'taking a factor away on the page': {
    act: 'factor.removed',
    hasPasskey: true,
    run: async (own) => own.post('/factors/remove', { id: await firstFactor(own) }),
  },
  'making new recovery codes': {
    act: 'recoveryCodes.made',
    hasPasskey: true,
    run: (own) => own.api('POST', '/me/factors/recovery-codes'),
  },
  'making new recovery codes on the page': {
    act: 'recoveryCodes.made',
    hasPasskey: true,
    run: (own) => own.post('/factors/recovery-codes', {}),
  },
  'changing the password': {
    act: 'password.changed',
    run: (own) => own.api('POST', '/me/password', { current: PASSWORD, password: NEXT }),
  },
  'changing the password on the page': {
    act: 'password.changed',
    run: (own) => own.post('/password', { current: PASSWORD, password: NEXT, repeated: NEXT }),
  },
};

/** How many transactions wait for another one. */
async function waitingForLocks({ db }: Database): Promise<number> {
  const { rows } = await sql`SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db);
  return rows.length;
}

/** Lets `other` begin while a transaction holds the person, then does `act` in that one. Answers what `other` came to. */
async function whilePersonIsHeld<Answer>(
  database: Database,
  userId: string,
  other: () => Promise<Answer>,
  act: (tx: Tx) => Promise<unknown>,
): Promise<Answer> {
  const begun: Promise<Answer>[] = [];
  await database.db.transaction().execute(async (tx) => {
    await lockPerson(tx, userId);
    let ended = false;
    const work = other().finally(() => {
      ended = true;
    });
    begun.push(work);
    // A failure is for whoever waits for it below.
    work.catch(() => undefined);
    await until('it waits or has ended', async () => ended || (await waitingForLocks(database)) > 0);
    await act(tx);
  });
  const [work] = begun;
  if (work === undefined) throw new Error('It should have begun.');
  return work;
}

describe.each(databaseKinds)('other sessions of a person (%s)', (kind) => {
  /** Ada in a browser, and in as many others as she is signed in by her password alone. */
  async function adaTwice() {
    const town = await emptyTown(kind);
    const ada = await town.signedIn('ada');
    const other = town.browser();
    await other.signIn('ada', PASSWORD);
    await other.get('/factors');
    const person = await findPerson(town.rollcall.database.db, 'ada');
    if (person === undefined) throw new Error('There should be Ada.');
    return { ...town, id: person.userId, ada, other };
  }

  /** Ada, who has a factor, and a browser where her second step is awaited; `lateSignIn` takes that step as if its factor was accepted. */
  async function adaHalfElsewhere() {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    await setUpApp(ada);
    const half = browser();
    await half.get((await half.signIn('ada', PASSWORD)).location);
    const cookie = half.cookies.get('rollcall-browser') ?? '';
    const { database } = rollcall;
    const person = await findHalfSignIn(database.db, cookie);
    if (person === undefined) throw new Error('A second factor should be awaited.');
    const config = { sessionIdleHours: 1, sessionMaxHours: 1 };
    const note = () => () => Promise.resolve();
    const visit = { address: '', userAgent: '', cookie, session: null, note };
    return {
      ada,
      half,
      lateSignIn: () => startSession({ database, config }, person, ['password', 'totp'], visit),
    };
  }

  it.each(Object.entries(changes))('end by %s, which the audit trail says', async (_name, change) => {
    const { rollcall, browser, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const device = new Authenticator(rollcall.url);
    if (change.hasPasskey) await addPasskey(ada, device);
    const other = browser();
    await other.signIn('ada', PASSWORD);
    if (change.hasPasskey) {
      const { body } = await other.api('POST', '/session/passkey/options');
      await other.api('POST', '/session/passkey', device.get(body));
    }
    expect((await other.get('/factors')).status).toBe(200);
    expect((await change.run(ada)).status).toBeLessThan(400);
    expect((await other.get('/factors')).status).toBe(303);
    expect((await other.api('GET', '/session')).status).toBe(401);
    expect((await ada.get('/factors')).status).toBe(200);
    const entries = (await rollcall.api('GET', `/audit?action=${change.act}&limit=1`)).body;
    expect(entries).toMatchObject({ items: [{ action: change.act, after: { sessionsEnded: 1 } }] });
  });

  it('neither see nor confirm an authenticator app that is being set up', async () => {
    const { ada, other } = await adaTwice();
    const secret = await beginApp(ada);
    expect((await other.get('/factors/totp')).location).toBe('/factors');
    expect(await other.api('POST', '/me/factors/totp/confirm', { code: codeIn(secret) })).toMatchObject({
      status: 409,
      body: { detail: textLike(/No authenticator app is being set up in this session/) },
    });
    await other.get('/factors');
    await other.post('/factors/totp/confirm', { code: codeIn(secret) });
    expect(await factorsOf(ada)).toEqual([]);
    expect(secretOn(await ada.get('/factors/totp'))).toBe(secret);
  });

  it('do not take its place by setting one up too, and nothing of theirs is left', async () => {
    const { ada, other } = await adaTwice();
    const secret = await beginApp(ada);
    const theirs = await beginApp(other);
    expect((await ada.api('POST', '/me/factors/totp/confirm', { code: codeIn(theirs) })).status).toBe(400);
    expect((await ada.api('POST', '/me/factors/totp/confirm', { code: codeIn(secret) })).status).toBe(200);
    expect(await factorsOf(ada)).toHaveLength(1);
  });

  it('that end at this moment change nothing any more: of two, one sets its app up', async () => {
    const { ada, other } = await adaTwice();
    const apps = [
      { own: ada, code: codeIn(await beginApp(ada)) },
      { own: other, code: codeIn(await beginApp(other)) },
    ];
    const answers = await Promise.all(
      apps.map(({ own, code }) => own.api('POST', '/me/factors/totp/confirm', { code })),
    );
    const [alive, ...more] = [ada, other].filter((_own, at) => answers[at]?.status === 200);
    expect(more).toEqual([]);
    expect(alive && (await factorsOf(alive))).toHaveLength(1);
    const refused = alive === ada ? other : ada;
    expect((await refused.api('GET', '/session')).status).toBe(401);
  });

  it('do not begin by the password alone while a second factor is added', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const { database } = rollcall;
    const person = await findPerson(database.db, 'ada');
    if (person === undefined) throw new Error('There should be Ada.');
    await setUpApp(ada);
    const config = { sessionIdleHours: 1, sessionMaxHours: 1 };
    const note = () => () => Promise.resolve();
    const visit = { address: '', userAgent: '', cookie: 'c', session: null, note };
    await expect(startSession({ database, config }, person, ['password'], visit)).rejects.toThrow(
      'A second factor was set up at this moment',
    );
  });

  it('are spoken of beforehand, and afterwards', async () => {
    const { rollcall, signedIn } = await emptyTown(kind);
    const ada = await signedIn('ada');
    const before = /you are signed out everywhere else/;
    const after = textLike(/You are signed in only here now/);
    for (const path of ['/factors', '/password']) expect((await ada.get(path)).text).toMatch(before);
    const changed = await ada.post('/password', { current: PASSWORD, password: NEXT, repeated: NEXT });
    expect((await ada.get(changed.location)).text).toEqual(after);
    await ada.post('/factors/totp', {});
    const code = codeIn(secretOn(await ada.get('/factors/totp')));
    expect((await ada.post('/factors/totp/confirm', { code })).text).toEqual(after);
    await addPasskey(ada, new Authenticator(rollcall.url));
    const removed = await ada.post('/factors/remove', { id: await firstFactor(ada) });
    expect((await ada.get(removed.location)).text).toEqual(after);
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'are not made out of the address: said=%s',
    async (said) => {
      const { browser, signedIn } = await emptyTown(kind);
      const ada = await signedIn('ada');
      await addPasskey(ada, new Authenticator(ada.url));
      const notes = (page: { readonly text: string }) => page.text.split('class="note"').length;
      for (const [visitor, path] of [
        [ada, '/factors'],
        [browser(), '/sign-in'],
      ] as const) {
        const page = await visitor.get(`${path}?said=${said}`);
        expect(page.status).toBe(200);
        expect(notes(page)).toBe(notes(await visitor.get(path)));
      }
    },
  );

  it.each(['DELETE', 'POST'] as const)(
    'end half begun, too: %s of factors or their codes',
    async (method) => {
      const { ada, half, lateSignIn } = await adaHalfElsewhere();
      const path = method === 'POST' ? 'recovery-codes' : await firstFactor(ada);
      expect((await ada.api(method, `/me/factors/${path}`)).status).toBeLessThan(300);
      // Its code was accepted before, and the session is to start now.
      await expect(lateSignIn()).rejects.toThrow('This sign-in was finished or given up at this moment');
      expect((await half.get('/sign-in/second-factor')).location).toMatch(/^\/sign-in(\?|$)/);
      expect((await ada.api('GET', '/session')).status).toBe(200);
    },
  );

  if (kind === 'postgres')
    it('do not begin by a passkey that is taken away at this moment', async () => {
      const { rollcall, ada, id: userId, other } = await adaTwice();
      const device = new Authenticator(rollcall.url);
      await addPasskey(ada, device);
      const factorId = await firstFactor(ada);
      const answer = await whilePersonIsHeld(
        rollcall.database,
        userId,
        () => usePasskey(other, device),
        (tx) => removeFactor(tx, { userId, username: 'ada' }, factorId),
      );
      expect(answer).toMatchObject({ status: 401, body: { detail: textLike(/The passkey was taken away/) } });
      expect(await listSessions(rollcall.database.db, userId)).toEqual([]);
    });

  if (kind === 'postgres')
    it('add no factor while a new password by a link ends them', async () => {
      const { rollcall, id, browser, ada } = await adaTwice();
      const { database } = rollcall;
      const link = await transact(database, (tx) => makeResetLink(tx, id, ''));
      const token = new URL(link, rollcall.url).searchParams.get('token') ?? '';
      const forgetful = browser();
      await forgetful.get(`/reset-password?token=${token}`);
      const answer = await whilePersonIsHeld(
        database,
        id,
        () => forgetful.post('/reset-password', { token, password: NEXT, repeated: NEXT }),
        async (tx) => {
          expect(await listSessions(tx, id)).toHaveLength(2);
        },
      );
      expect(answer.location).toBe('/sign-in?said=password');
      expect((await ada.api('GET', '/session')).status).toBe(401);
    });

  if (kind === 'postgres')
    it('set up one app each, however often they begin at once', async () => {
      const { rollcall, id, ada } = await adaTwice();
      const { database } = rollcall;
      await whilePersonIsHeld(
        database,
        id,
        () => Promise.all([beginApp(ada), beginApp(ada), beginApp(ada)]),
        () => until('all three wait', async () => (await waitingForLocks(database)) === 3),
      );
      const { rows } = await sql`SELECT id FROM factors`.execute(database.db);
      expect(rows).toHaveLength(1);
    });

  it('begin no app once they have ended', async () => {
    const { rollcall, id: userId } = await adaTwice();
    const { database, env } = rollcall;
    const config = loadConfig(env);
    const deps = {
      database,
      secrets: loadSecretBox(config),
      config,
      clock: systemClock,
      behind: new Behind(),
    };
    const ended = { id: randomUUID(), userId, username: 'ada' };
    await expect(startTotp(deps, ended, 'App')).rejects.toThrow('This session was ended at this moment');
  });

  it('say that an app is set up only where it is', async () => {
    const { rollcall, ada } = await adaTwice();
    await addPasskey(ada, new Authenticator(rollcall.url));
    const isSetUp = /authenticator app is set up/;
    expect((await ada.get('/factors?said=app')).text).not.toMatch(isSetUp);
    const none = await ada.post('/factors/totp/confirm', { code: '123456' });
    const page = await ada.get(none.location);
    expect(page.text).not.toMatch(isSetUp);
    expect(page.text).toEqual(textLike(/You have no authenticator app yet. Begin again./));
    await setUpApp(ada);
    expect((await ada.get('/factors?said=app')).text).toMatch(isSetUp);
  });

  it('are said to be over only where they are, whatever the address says', async () => {
    const { rollcall, ada, browser } = await adaTwice();
    /** The codes that a page keeps hidden say so, too, to be shown when it is so. */
    const note = async (path: string) => /class="note"[^]*?<\/p>/.exec((await ada.get(path)).text)?.[0];
    const onlyHere = textLike(/You are signed in only here now/);
    const device = new Authenticator(rollcall.url);
    await addPasskey(ada, device);
    const another = browser();
    await another.get('/sign-in');
    await usePasskey(another, device);
    for (const path of ['/factors?said=removed', '/factors?said=added', '/password?said=saved'])
      expect(await note(path), path).toMatch(/^class="note"(?![^]*only here)/);
    await another.api('DELETE', '/session');
    expect(await note('/factors?said=removed')).toEqual(onlyHere);
  });

  it('are not counted where they were over already', async () => {
    const { rollcall, id, ada } = await adaTwice();
    await sql`UPDATE sessions SET last_seen_at = now() - interval '1 year' WHERE id <>
      (SELECT id FROM sessions WHERE user_id = ${id} ORDER BY id LIMIT 1)`.execute(rollcall.database.db);
    await ada.api('POST', '/me/password', { current: PASSWORD, password: NEXT });
    const { body } = await rollcall.api('GET', '/audit?action=password.changed&limit=1');
    expect(body).toMatchObject({ items: [{ action: 'password.changed', after: null }] });
    const { rows } = await sql`SELECT id FROM sessions WHERE user_id = ${id}`.execute(rollcall.database.db);
    expect(rows).toHaveLength(1);
  });

  it('end by the link for the first administrator, which the audit trail says', async () => {
    const { rollcall, browser, ada } = await adaTwice();
    const link = new URL(await makeAdministratorLink(rollcall.database, rollcall.url));
    const first = browser();
    await first.get(link.pathname + link.search);
    const email = 'ada@example.com';
    const token = link.searchParams.get('token') ?? '';
    await first.post('/first-administrator', {
      token,
      username: 'ada',
      email,
      password: NEXT,
      repeated: NEXT,
    });
    expect((await ada.api('GET', '/session')).status).toBe(401);
    const { body } = await rollcall.api('GET', '/audit?action=role.given&limit=1');
    expect(body).toMatchObject({ items: [{ after: { role: 'administrator', sessionsEnded: 2 } }] });
  });
});
