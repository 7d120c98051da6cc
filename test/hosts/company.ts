/** The directory and the connection that stories on several hosts begin with. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jsonClient, type JsonClient } from '../../src/cli/demo-http.ts';
import { SSO_ENABLED } from '../support/sso.ts';

/** Everybody is in this group, which is bound. */
const GROUP = 'Everybody';
/** Nobody is held, and nobody waits for the connector's pace: the target's answer time says how long the work takes. */
const CONNECTION = {
  behaviour: { rate: { requestsPerSecond: 1000, concurrency: 8 } },
  threshold: { number: 1_000_000, percent: 100 },
};

/** What every process of such a story is started with; the database is the story's. */
export const settingsFor = (key: string, leaseSeconds: number) => ({
  PORT: '0',
  ROLLCALL_API_KEY: key,
  ROLLCALL_SECRET_KEY: randomBytes(32).toString('base64'),
  ROLLCALL_ALLOW_PRIVATE_TARGETS: 'true',
  ROLLCALL_LOG_LEVEL: 'warn',
  ROLLCALL_LEASE_SECONDS: String(leaseSeconds),
  ROLLCALL_SLICE_SECONDS: '1',
});

const idSchema = z.object({ id: z.string() });

export const apiOf = (url: string, key: string): JsonClient =>
  jsonClient(`${url}/api/v1`, { authorization: `Bearer ${key}` });

/** One more user as the API takes it. */
export const person = (username: string) => ({
  username,
  email: `${username}@acme.test`,
  groups: [GROUP],
});

/** So many people, and a connection that has nothing done yet; answers the application's id. */
export async function fill(
  api: JsonClient,
  connection: { readonly baseUrl: string; readonly token: string },
  people: number,
): Promise<string> {
  const application = { connector: 'segment', label: 'Segment' };
  const { id } = await api.call('POST', '/applications', idSchema, application);
  const group = await api.call('POST', '/groups', idSchema, { name: GROUP });
  await api.send('POST', '/users/bulk', {
    users: Array.from({ length: people }, (_, at) => person(`u${at}`)),
  });
  await api.send('PUT', `/applications/${id}/sso`, SSO_ENABLED);
  await api.send('PATCH', `/applications/${id}/identity-management`, { ...CONNECTION, ...connection });
  await api.send('POST', `/applications/${id}/groups`, { add: [group.id] });
  await api.send('POST', `/applications/${id}/identity-management/activate`, {});
  return id;
}
