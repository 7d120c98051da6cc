/** Every route × every role × nobody, from the routes that the server really has: one without a decision fails here. */
import { randomBytes, randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { allows, roles, type Role } from '../src/access/roles.ts';
import { requireAct } from '../src/api/act.ts';
import { controlAccess } from '../src/api/auth.ts';
import { buildApi } from '../src/api/server.ts';
import { createApiKey } from '../src/store/api-keys.ts';
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
    const open = [
      '/api/docs',
      '/api/docs/style.css',
      '/api/v1/openapi.json',
      '/healthz',
      '/metrics',
      '/readyz',
    ];
    const both = open.flatMap((url) => [`GET ${url}`, `HEAD ${url}`]);
    expect(asking('public').sort()).toEqual(both.sort());
  });

  const writes = named.filter(
    ([, { method, url }]) => url.startsWith('/api/v1/') && !['GET', 'HEAD'].includes(method),
  );
  test.each(writes)('%s is more than reading, and names its act', (_name, { config }) => {
    expect(config.allow).not.toBe('read');
    expect(config.audit).toBeDefined();
  });

  test.each(['administrators', 'api-keys', 'audit'])('%s are for administrators alone', (noun) => {
    const own = named.filter(([, { url }]) => url.startsWith(`/api/v1/${noun}`));
    expect(own.length).toBeGreaterThan(1);
    expect(own.filter(([, { config }]) => config.allow !== 'administer')).toEqual([]);
  });

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
  for (const role of roles)
    keys.set(role, (await createApiKey(database.db, { name: role, role, expiresAt: null })).key);

  /** A record that nobody has, and a body that no route takes: what is let in is refused later, or answered. */
  async function ask({ method, url }: KnownRoute, key: string | undefined): Promise<number> {
    const reading = method === 'GET' || method === 'HEAD';
    const answer = await app.inject({
      method,
      url: url.replace(/:\w+/g, () => randomUUID()),
      // Each from an address of its own: whoever fails too often is told to wait.
      remoteAddress: [10, ...randomBytes(3)].join('.'),
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(!reading && { 'content-type': 'application/json' }),
      },
      ...(!reading && { payload: '{"nonsense":true}' }),
      payloadAsStream: true,
    });
    answer.stream().destroy();
    return answer.statusCode;
  }

  const verdict = (status: number): number | 'let in' =>
    status === 401 || status === 403 ? status : 'let in';

  function expected({ allow }: KnownRoute['config'], role: Role | null): number | 'let in' {
    if (allow === undefined) return 500;
    if (allow === 'public') return 'let in';
    if (role === null) return 401;
    // An API key is no person.
    return allow !== 'self' && allows(role, allow) ? 'let in' : 403;
  }

  test.each(named)('%s', async (_name, route) => {
    for (const role of [null, ...roles]) {
      const status = await ask(route, role === null ? undefined : keys.get(role));
      const asked = role ?? 'nobody';
      expect({ asked, verdict: verdict(status) }).toEqual({ asked, verdict: expected(route.config, role) });
    }
  });

  test('a key that is none is nobody, except where nobody is asked', async () => {
    expect(await ask({ method: 'GET', url: '/api/v1/users', config: {} }, 'rc_nothing')).toBe(401);
    expect(await ask({ method: 'GET', url: '/healthz', config: {} }, 'rc_nothing')).toBe(200);
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
    expect(await ask({ method: 'GET', url: '/api/v1/nowhere', config: {} }, undefined)).toBe(404);
  });
});
