/** Every route × every role × nobody, from the routes that the server really has: one without a decision fails here. */
import { randomBytes, randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { allows, roles, type Role } from '../src/access/roles.ts';
import { requireAct } from '../src/http/act.ts';
import { controlAccess } from '../src/http/auth.ts';
import { buildApi } from '../src/api/server.ts';
import { csrfTokenOf } from '../src/http/session-cookie.ts';
import { userInputSchema } from '../src/directory/user.ts';
import { giveRole } from '../src/store/administrators.ts';
import { createApiKey } from '../src/store/api-keys.ts';
import { createSession } from '../src/store/sessions.ts';
import { transact } from '../src/store/transact.ts';
import { createUser } from '../src/store/users.ts';
import { databaseKinds, testDatabase } from './support/database.ts';
import { nothing, routeTable, type KnownRoute } from './support/routes.ts';

const routes = await routeTable();
const named = routes.map((route): [string, KnownRoute] => [`${route.method} ${route.url}`, route]);

describe('the decisions', () => {
  const asking = (allow: unknown): string[] =>
    named.filter(([, { config }]) => config.allow === allow).map(([name]) => name);

  test('there are routes under the base, and outside', () => {
    expect(routes.length).toBeGreaterThan(60);
    expect(asking('read')).toContain('GET /api/v1/users');
    expect(asking('public')).toContain('GET /healthz');
  });

  test('nobody need say who they are where the server says how it is, and how it is asked', () => {
    const looks = [
      '/api/docs',
      '/api/docs/style.css',
      '/api/v1/openapi.json',
      '/console/assets/*',
      '/healthz',
      '/metrics',
      '/portal/page.js',
      '/portal/style.css',
      '/readyz',
      '/sign-out',
      '/saml/submit.js',
      '/saml/:id/metadata',
    ];
    const messages = ['/saml/:id/slo', '/saml/:id/sso'];
    // A GET of these acts, and so a HEAD must not be a GET.
    const acts = [...messages, '/saml/:id/sso/:token', '/saml/:id/start'];
    const pages = [
      '/first-administrator',
      '/forgotten-password',
      '/reset-password',
      '/sign-in',
      '/sign-in/second-factor',
    ];
    const calls = ['/session', '/session/passkey', '/session/passkey/options'].map((url) => `/api/v1${url}`);
    expect(asking('public').sort()).toEqual(
      [
        ...[...looks, ...pages].flatMap((url) => [`GET ${url}`, `HEAD ${url}`]),
        ...acts.map((url) => `GET ${url}`),
        ...[...messages, ...pages, ...calls].map((url) => `POST ${url}`),
      ].sort(),
    );
  });

  const writes = named.filter(([, { method }]) => !['GET', 'HEAD'].includes(method));
  test.each(writes)('%s is more than reading, and names its act', (_name, { config }) => {
    expect(config.allow).not.toBe('read');
    expect(config.audit).toBeDefined();
  });

  test.each(['administrators', 'api-keys', 'audit', 'settings'])(
    '%s are for administrators alone',
    (noun) => {
      const own = named.filter(([, { url }]) => url.startsWith(`/api/v1/${noun}`));
      expect(own.length).toBeGreaterThan(1);
      expect(own.filter(([, { config }]) => config.allow !== 'administer')).toEqual([]);
    },
  );

  test('a route without a decision is refused when it is registered, and so is a write without an act', () => {
    const app = Fastify();
    controlAccess(app, nothing);
    app.addHook('onRoute', requireAct);
    const config = { allow: 'directory' } as const;
    expect(() => app.get('/a', () => '')).toThrow('GET /a does not say who may use it');
    expect(() => app.post('/b', { config }, () => '')).toThrow('POST /b does not name its act');
    expect(() => app.get('/c', { config }, () => '')).not.toThrow();
  });
});

describe.each(databaseKinds)('who is let in, on the %s database', async (kind) => {
  const database = await testDatabase(kind);
  const app = buildApi({ ...nothing, database });
  afterAll(() => app.close());
  const keys = new Map<Role, string>();
  const people = new Map<Role | null, string>();
  for (const role of [null, ...roles]) {
    const username = role ?? 'plain';
    await transact(database, async (tx) => {
      const { id } = await createUser(tx, userInputSchema.parse({ username, state: 'active' }));
      people.set(role, id);
      if (role === null) return;
      await giveRole(tx, id, role);
      keys.set(role, (await createApiKey(tx, { name: role, role, expiresAt: null })).key);
    });
  }

  /** Anonymous, or by a key, or by a session that is a moment old: some routes end the one that asks. */
  interface Asker {
    readonly kind: 'nobody' | 'key' | 'person';
    readonly role: Role | null;
  }
  const askers: readonly Asker[] = [
    { kind: 'nobody', role: null },
    ...roles.map((role): Asker => ({ kind: 'key', role })),
    ...[null, ...roles].map((role): Asker => ({ kind: 'person', role })),
  ];

  async function signedIn(role: Role | null): Promise<string> {
    const rest = {
      methods: ['password'],
      idleSeconds: 60,
      maxSeconds: 60,
      address: '',
      userAgent: '',
    } as const;
    return (await createSession(database.db, { userId: people.get(role) ?? '', ...rest })).token;
  }

  interface Credentials {
    readonly headers: Readonly<Record<string, string>>;
    /** The token of whatever cookie there is. */
    readonly csrf: string;
  }

  async function credentialsOf({ kind, role }: Asker): Promise<Credentials> {
    if (kind === 'key' && role !== null)
      return {
        headers: { ...before, authorization: `Bearer ${keys.get(role) ?? ''}` },
        csrf: csrfTokenOf(browser),
      };
    if (kind === 'nobody') return { headers: before, csrf: csrfTokenOf(browser) };
    const token = await signedIn(role);
    return { headers: { cookie: `rollcall=${token}` }, csrf: csrfTokenOf(token) };
  }
  const browser = randomBytes(32).toString('base64url');
  const before = { cookie: `rollcall-browser=${browser}` };

  /** A record that nobody has, and a body that no route takes: what is let in is refused later, or answered. */
  async function ask({ method, url }: KnownRoute, { csrf, headers }: Credentials) {
    const reading = method === 'GET' || method === 'HEAD';
    const body = url.startsWith('/api/')
      ? { type: 'application/json', payload: '{"nonsense":true}' }
      : { type: 'application/x-www-form-urlencoded', payload: `csrf=${csrf}` };
    const answer = await app.inject({
      method,
      url: url.replace(/:\w+/g, () => randomUUID()),
      // Each from an address of its own: whoever fails too often is told to wait.
      remoteAddress: [10, ...randomBytes(3)].join('.'),
      headers: { ...headers, 'x-csrf-token': csrf, ...(!reading && { 'content-type': body.type }) },
      ...(!reading && { payload: body.payload }),
      payloadAsStream: true,
    });
    answer.stream().destroy();
    return { status: answer.statusCode, location: answer.headers.location ?? '' };
  }

  /** A page asks people to sign in; a wrong password there is an answer, and not a refusal to be asked. */
  function verdict({ config, url }: KnownRoute, { location, status }: Awaited<ReturnType<typeof ask>>) {
    if (!url.startsWith('/api/')) {
      if (config.allow !== 'public' && location.startsWith('/sign-in?next=')) return 401;
      return status === 403 ? 403 : 'let in';
    }
    return status === 401 || status === 403 ? status : 'let in';
  }

  function expected({ allow }: KnownRoute['config'], { kind, role }: Asker): number | 'let in' {
    if (allow === undefined) return 500;
    if (allow === 'public') return 'let in';
    if (kind === 'nobody') return 401;
    // An API key is no person.
    if (allow === 'self') return kind === 'person' ? 'let in' : 403;
    return allows(role, allow) ? 'let in' : 403;
  }

  test.each(named)('%s', async (_name, route) => {
    for (const asker of askers) {
      const answer = await ask(route, await credentialsOf(asker));
      expect({ asker, verdict: verdict(route, answer) }).toEqual({
        asker,
        verdict: expected(route.config, asker),
      });
    }
  });

  const writes = named.filter(
    ([, { method, config }]) => !['GET', 'HEAD'].includes(method) && config.allow !== 'public',
  );
  test.each(writes)('%s takes no session without its token', async (_name, route) => {
    const { headers } = await credentialsOf({ kind: 'person', role: 'administrator' });
    const { status, location } = await ask(route, { headers, csrf: csrfTokenOf(browser) });
    const isAskedAnew = route.url === '/sign-out' && location === '/sign-out?next=%2F';
    expect(isAskedAnew ? 403 : status).toBe(403);
  });

  test('a key that is none is nobody, except where nobody is asked; a key goes before a session', async () => {
    const { headers, csrf } = await credentialsOf({ kind: 'person', role: 'administrator' });
    const wrong = { headers: { ...headers, authorization: 'Bearer rc_nothing' }, csrf };
    expect((await ask({ method: 'GET', url: '/api/v1/users', config: {} }, wrong)).status).toBe(401);
    expect((await ask({ method: 'GET', url: '/healthz', config: {} }, wrong)).status).toBe(200);
  });

  test('the refusal says what the role may do, what was asked, and who may', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/groups',
      headers: { authorization: `Bearer ${keys.get('read-only') ?? ''}` },
    });
    expect(answer.json()).toMatchObject({
      status: 403,
      permission: 'directory',
      detail:
        'The role Read-only may look at everything that is no secret. To change people, groups, memberships and bindings takes the role Administrator or Manager; an administrator can give it.',
    });
  });

  test('what is not there is not there for anybody', async () => {
    const nobody = await credentialsOf({ kind: 'nobody', role: null });
    expect((await ask({ method: 'GET', url: '/api/v1/nowhere', config: {} }, nobody)).status).toBe(404);
  });
});
