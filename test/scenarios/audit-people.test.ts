/** How people sign in, and what they change about it, is in the audit trail: who did what, and not with which secret. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeAdministratorLink } from '../../src/sign-in/first-administrator.ts';
import { makeResetLink } from '../../src/sign-in/password-reset.ts';
import { transact } from '../../src/store/transact.ts';
import { Authenticator } from '../support/authenticator.ts';
import { databaseKinds } from '../support/database.ts';
import { addPasskey, codeIn, setUpApp, usePasskey } from '../support/factors.ts';
import { startMailServer } from '../support/mail-server.ts';
import { PASSWORD, startTown } from '../support/people.ts';
import type { JsonAnswer, PageAnswer, PortalBrowser } from '../support/portal-browser.ts';
import { routeTable } from '../support/routes.ts';
import { until } from '../support/scene.ts';

const acts = (await routeTable()).flatMap(({ config, method, url }) =>
  typeof config.audit === 'string' && (config.allow === 'self' || config.allow === 'public')
    ? [[`${method} ${url.replace('/api/v1', '')}`, config.audit] as const]
    : [],
);

const NEXT = 'nine lazy teapots';

const entrySchema = z.looseObject({
  action: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  subject: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  origin: z.looseObject({
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string(),
  }),
  after: z.unknown(),
});
const listSchema = z.object({ items: z.array(entrySchema) });

const hiddenIn = (page: PageAnswer, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(page.text)?.[1] ?? '';
const secretIn = (page: PageAnswer): string =>
  (/class="secret">([^<]+)</.exec(page.text)?.[1] ?? '').replaceAll(' ', '');
const tokenIn = (link: string): string => link.split('token=')[1] ?? '';
const firstIdOf = (answer: JsonAnswer): string =>
  z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(answer.body).items[0]?.id ?? '';

describe.each(databaseKinds)('people in the audit trail, on the %s database', async (kind) => {
  const mail = await startMailServer();
  const town = await startTown(kind, { SMTP_URL: mail.url });
  const { database } = town.rollcall;
  const entries = async () =>
    listSchema.parse((await town.rollcall.api('GET', '/audit?limit=1000')).body).items;
  const requestOf = ({ headers }: Pick<PageAnswer, 'headers'>): unknown => headers['x-request-id'];
  const secrets: string[] = [PASSWORD, NEXT];

  let count = 0;
  const name = (): string => `person-${(count += 1)}`;
  /** Somebody who may look at things, signed in, and perhaps in a second browser too. */
  async function reader(): Promise<PortalBrowser & { readonly who: string }> {
    const who = name();
    return Object.assign(await town.signedIn(who, 'read-only'), { who });
  }
  const alsoSignedIn = async (who: string): Promise<void> => {
    await town.browser().signIn(who, PASSWORD);
  };
  const resetToken = async (who: string): Promise<string> => {
    const id = await town.person(who);
    return tokenIn(await transact(database, (tx) => makeResetLink(tx, id, '')));
  };

  type Example = () => Promise<readonly [who: string, answer: JsonAnswer | PageAnswer]>;

  const examples: Readonly<Record<string, Example>> = {
    'POST /session': async () => {
      const username = name();
      await town.person(username, 'read-only');
      return [username, await town.browser().api('POST', '/session', { username, password: PASSWORD })];
    },
    'POST /session/passkey': async () => {
      const own = await reader();
      const device = new Authenticator(own.url);
      await addPasskey(own, device);
      return [own.who, await usePasskey(town.browser(), device)];
    },
    'DELETE /session': async () => {
      const own = await reader();
      return [own.who, await own.api('DELETE', '/session')];
    },
    'POST /me/password': async () => {
      const own = await reader();
      return [own.who, await own.api('POST', '/me/password', { current: PASSWORD, password: NEXT })];
    },
    'DELETE /me/sessions': async () => {
      const own = await reader();
      await alsoSignedIn(own.who);
      return [own.who, await own.api('DELETE', '/me/sessions')];
    },
    'DELETE /me/sessions/:id': async () => {
      const own = await reader();
      await alsoSignedIn(own.who);
      const id = firstIdOf(await own.api('GET', '/me/sessions'));
      return [own.who, await own.api('DELETE', `/me/sessions/${id}`)];
    },
    'POST /me/factors/totp/confirm': async () => {
      const own = await reader();
      const { answer, recoveryCodes, secret } = await setUpApp(own);
      secrets.push(secret, ...recoveryCodes);
      return [own.who, answer];
    },
    'POST /me/factors/passkeys': async () => {
      const own = await reader();
      return [own.who, await addPasskey(own, new Authenticator(own.url))];
    },
    'POST /me/factors/recovery-codes': async () => {
      const own = await reader();
      await addPasskey(own, new Authenticator(own.url));
      return [own.who, await own.api('POST', '/me/factors/recovery-codes')];
    },
    'DELETE /me/factors/:id': async () => {
      const own = await reader();
      await addPasskey(own, new Authenticator(own.url));
      const id = firstIdOf(await own.api('GET', '/me/factors'));
      return [own.who, await own.api('DELETE', `/me/factors/${id}`)];
    },
    'POST /sign-in': async () => {
      const who = name();
      await town.person(who, 'read-only');
      return [who, await town.browser().signIn(who, PASSWORD)];
    },
    'POST /sign-in/second-factor': async () => {
      const own = await reader();
      const { secret } = await setUpApp(own);
      const browser = town.browser();
      await browser.get((await browser.signIn(own.who, PASSWORD)).location);
      return [own.who, await browser.post('/sign-in/second-factor', { code: codeIn(secret) })];
    },
    'POST /sign-out': async () => {
      const own = await reader();
      return [own.who, await own.post('/sign-out', {})];
    },
    'POST /first-administrator': async () => {
      const token = tokenIn(await makeAdministratorLink(database, ''));
      const who = name();
      const fields = { token, username: who, email: '', password: PASSWORD, repeated: PASSWORD };
      secrets.push(token);
      const browser = town.browser();
      await browser.get(`/first-administrator?token=${token}`);
      return [who, await browser.post('/first-administrator', fields)];
    },
    'POST /forgotten-password': async () => {
      const who = name();
      await town.person(who);
      const browser = town.browser();
      await browser.get('/forgotten-password');
      const answer = await browser.post('/forgotten-password', { username: who });
      const [message = ''] = await mail.received(1);
      secrets.push(/token=([\w-]{43})/.exec(message)?.[1] ?? 'no mail');
      return [who, answer];
    },
    'POST /reset-password': async () => {
      const who = name();
      const token = await resetToken(who);
      secrets.push(token);
      const browser = town.browser();
      await browser.get(`/reset-password?token=${token}`);
      return [who, await browser.post('/reset-password', { token, password: NEXT, repeated: NEXT })];
    },
    'POST /password': async () => {
      const own = await reader();
      const fields = { current: PASSWORD, password: NEXT, repeated: NEXT };
      return [own.who, await own.post('/password', fields)];
    },
    'POST /sessions/end': async () => {
      const own = await reader();
      await alsoSignedIn(own.who);
      return [own.who, await own.post('/sessions/end', { id: hiddenIn(await own.get('/sessions'), 'id') })];
    },
    'POST /sessions/end-others': async () => {
      const own = await reader();
      await alsoSignedIn(own.who);
      return [own.who, await own.post('/sessions/end-others', {})];
    },
    'POST /factors/totp/confirm': async () => {
      const own = await reader();
      await own.post('/factors/totp', {});
      const secret = secretIn(await own.get('/factors/totp'));
      secrets.push(secret);
      return [own.who, await own.post('/factors/totp/confirm', { code: codeIn(secret) })];
    },
    'POST /factors/recovery-codes': async () => {
      const own = await reader();
      await addPasskey(own, new Authenticator(own.url));
      return [own.who, await own.post('/factors/recovery-codes', {})];
    },
    'POST /factors/remove': async () => {
      const own = await reader();
      await addPasskey(own, new Authenticator(own.url));
      return [own.who, await own.post('/factors/remove', { id: hiddenIn(await own.get('/factors'), 'id') })];
    },
  };

  test('there is an example of each', () => {
    expect(Object.keys(examples).sort()).toEqual(acts.map(([route]) => route).sort());
  });

  const kindOf = (route: string): string => {
    if (route.endsWith('/forgotten-password')) return 'nobody';
    return /first-administrator|reset-password/.test(route) ? 'link' : 'session';
  };

  test.each(Object.entries(examples))(
    '%s leaves one entry, of who did it to whom',
    async (route, example) => {
      const action = acts.find(([named]) => named === route)?.[1] ?? '';
      const [who, answer] = await example();
      expect(answer.status).toBeLessThan(400);
      const own = (await entries()).filter(
        (entry) => entry.action === action && entry.origin.requestId === requestOf(answer),
      );
      expect(own).toHaveLength(1);
      const actor = {
        kind: kindOf(route),
        name: kindOf(route) === 'nobody' ? 'somebody not signed in' : who,
      };
      expect(own[0]).toMatchObject({ actor, subject: { kind: 'user', name: who } });
    },
  );

  const refused = async (username: string) =>
    (await entries()).filter(
      ({ action, subject }) => action === 'session.refused' && subject.name === username,
    );

  test('a sign-in says from where, and with what, as far as that is short', async () => {
    const { who } = await reader();
    const headers = { 'user-agent': `Browser/${'9'.repeat(1000)}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ username: who, password: PASSWORD });
    await fetch(`${town.rollcall.url}/api/v1/session`, { method: 'POST', headers, body });
    const [entry] = await entries();
    expect(entry).toMatchObject({ action: 'session.started', subject: { name: who } });
    expect(entry?.origin).toMatchObject({
      address: '127.0.0.1',
      userAgent: `Browser/${'9'.repeat(192)}`,
    });
  });

  test('a refusal is there, whatever was wrong: by whom nobody knows', async () => {
    const own = await reader();
    const device = new Authenticator(own.url);
    const { secret } = await setUpApp(own);
    await addPasskey(own, device);
    const thief = town.browser();
    await thief.signIn(own.who, 'not the password');
    await thief.signIn(own.who, PASSWORD);
    await thief.get('/sign-in/second-factor');
    await thief.post('/sign-in/second-factor', { code: codeIn(secret, 20) });
    expect((await usePasskey(town.browser(), device, false)).status).toBe(401);
    await until('three refusals', async () => (await refused(own.who)).length === 3);
    const told = await refused(own.who);
    expect(new Set(told.map(({ after }) => JSON.stringify(after)))).toEqual(
      new Set(['{"method":"password"}', '{"method":"code"}', '{"method":"passkey"}']),
    );
    expect(told[0]?.actor).toEqual({ kind: 'nobody', id: null, name: 'somebody not signed in' });
  });

  test('those who hold no role sign in and out without an entry, and are refused with one', async () => {
    const who = name();
    const own = await town.signedIn(who);
    await own.post('/sign-out', {});
    await town.browser().signIn(who, 'not the password');
    await until('a refusal', async () => (await refused(who)).length === 1);
    const about = (await entries()).filter(({ subject }) => subject.name === who);
    expect(about.map(({ action }) => action)).toEqual(['session.refused', 'user.created']);
  });

  test('no secret is in it', async () => {
    const text = JSON.stringify(await entries());
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  /** As if somebody had failed to sign in a thousand times a moment ago. */
  async function refuseAThousand(): Promise<void> {
    const [origin, nobody] = [
      { address: null, userAgent: null, requestId: '' },
      { id: null, name: 'nobody' },
    ];
    const acting = { action: 'session.refused', actor: { kind: 'nobody', ...nobody }, origin };
    const refusal = JSON.stringify({
      ...acting,
      subject: { kind: 'user', ...nobody },
      before: null,
      after: null,
    });
    await sql`INSERT INTO audit (content) SELECT ${refusal}::json FROM generate_series(1, 1000)`.execute(
      database.db,
    );
  }

  test('who guesses cannot fill it: of those who hold no role, a thousand refusals an hour are there', async () => {
    const [who, other] = [name(), await reader()];
    await town.signedIn(who);
    await refuseAThousand();
    await town.browser().signIn(who, 'not the password');
    // Whatever is written behind an answer would have been written before this one.
    await town.browser().signIn(other.who, 'not the password');
    await until('a refusal', async () => (await refused(other.who)).length === 1);
    expect(await refused(who)).toEqual([]);
  });

  test('nor by the passkey of somebody who holds a role: after a wrong one nobody has to wait', async () => {
    const [own, other] = [await reader(), await reader()];
    const device = new Authenticator(own.url);
    await addPasskey(own, device);
    await refuseAThousand();
    expect((await usePasskey(town.browser(), device, false)).status).toBe(401);
    await town.browser().signIn(other.who, 'not the password');
    await until('a refusal', async () => (await refused(other.who)).length === 1);
    expect(await refused(own.who)).toEqual([]);
  });
});
