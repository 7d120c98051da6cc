/** A whole Rollcall beside a sandbox, with one application between them, driven through the API alone. */
import { afterAll } from 'vitest';
import { z } from 'zod';
import type { Environment } from '../../src/config.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { made } from './api.ts';
import { controlOf, type Control } from './control.ts';
import { SSO_ENABLED } from './sso.ts';
import { startRollcall, type TestRollcall } from './rollcall.ts';
import type { DatabaseKind } from './database.ts';

const stateSchema = z.object({
  members: z.array(z.looseObject({ userName: z.string(), displayName: z.string() })),
  groups: z.array(z.looseObject({ displayName: z.string(), members: z.array(z.unknown()) })),
});

export interface Scene {
  readonly rollcall: TestRollcall;
  readonly api: TestRollcall['api'];
  readonly applicationId: string;
  /** The application's address in the API with what follows: `at('/status')`. */
  readonly at: (path: string) => string;
  /** `POST /_control/tokens`, and so on. */
  readonly control: Control;
  readonly newToken: () => Promise<string>;
  readonly held: () => Promise<z.infer<typeof stateSchema>>;
  /** Sets a fresh token, enables single sign-on and activates the connection. */
  readonly activate: () => Promise<void>;
  readonly user: (name: string) => Promise<string>;
  /** A group with these members, bound to the application. */
  readonly boundGroup: (name: string, userIds: readonly string[]) => Promise<string>;
  /** Waits until nothing is left to do. */
  readonly idle: () => Promise<void>;
}

/** Waits until it is true; fails with what was waited for. */
export async function until(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`It never happened: ${what}.`);
}

/** Starts both; they end with the test file. `overrides` are settings, by their variables. */
export async function startScene(kind: DatabaseKind, overrides: Environment = {}): Promise<Scene> {
  const rollcall = await startRollcall(kind, overrides);
  const sandbox = await startSandbox({ port: 0 });
  afterAll(() => sandbox.close());
  const { api } = rollcall;
  const caller = { call: api };
  const applicationId = await made(caller, '/applications', { connector: 'segment', label: 'Segment' });
  const at = (path: string): string => `/applications/${applicationId}${path}`;
  const control = controlOf(sandbox.url);
  const newToken = async (): Promise<string> =>
    z.object({ token: z.string() }).parse(await control('POST', '/tokens', {})).token;
  return {
    rollcall,
    api,
    applicationId,
    at,
    control,
    newToken,
    held: async () => stateSchema.parse(await control('GET', '/state')),
    activate: async () => {
      await api('PUT', at('/sso'), SSO_ENABLED);
      const patch = { token: await newToken(), baseUrl: `${sandbox.url}/scim/v2` };
      await api('PATCH', at('/identity-management'), patch);
      const { status, body } = await api('POST', at('/identity-management/activate'));
      if (status !== 200) throw new Error(JSON.stringify(body));
    },
    user: (name) =>
      made(caller, '/users', {
        username: `${name}@acme.test`,
        email: `${name}@acme.test`,
        firstname: name,
        lastname: 'Test',
        state: 'active',
      }),
    boundGroup: async (name, userIds) => {
      const id = await made(caller, '/groups', { name });
      await api('POST', `/groups/${id}/members`, { add: userIds });
      await api('POST', at('/groups'), { add: [id] });
      return id;
    },
    idle: () =>
      until('idle', async () => {
        const { body } = await api('GET', at('/status'));
        return z.looseObject({ idle: z.boolean() }).parse(body).idle;
      }),
  };
}
