/** Applications that share a process: one whose target does not answer keeps no other from its place. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall, type TestRollcall } from '../support/rollcall.ts';
import { until } from '../support/scene.ts';
import { startSegment } from '../support/segment.ts';
import { startTarget } from '../support/target.ts';

/** Of one request to a target; whoever waits for the one that hangs waits as long. */
const TIMEOUT_SECONDS = 8;
const SOON_MS = 4000;

const EMPTY_LIST = JSON.stringify({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 0,
  Resources: [],
});

/** Answers what an activation asks, and lets everything else wait until it is told to hang up. */
async function startHangingTarget() {
  const waiting = new Set<ServerResponse>();
  let hungUp = false;
  const url = await startTarget((request, response) => {
    if (request.method === 'GET' && !request.url?.includes('filter='))
      response.writeHead(200, { 'content-type': 'application/scim+json' }).end(EMPTY_LIST);
    else if (hungUp) response.destroy();
    else waiting.add(response);
  });
  const hangUp = (): void => {
    hungUp = true;
    for (const response of waiting) response.destroy();
  };
  return { url, waiting, hangUp };
}

/** An active connection to a target that somebody belongs to. */
async function connect({ api }: TestRollcall, name: string, baseUrl: string, token: string): Promise<void> {
  const person = await made({ call: api }, '/users', { username: `${name}@acme.test`, state: 'active' });
  const group = await made({ call: api }, '/groups', { name });
  await api('POST', `/groups/${group}/members`, { add: [person] });
  const id = await made({ call: api }, '/applications', { connector: 'scim2', label: name });
  const behaviour = { probe: { serviceProviderConfig: 'skip' } };
  await api('PATCH', `/applications/${id}/identity-management`, { baseUrl, token, behaviour });
  await api('POST', `/applications/${id}/groups`, { add: [group] });
  const { status } = await api('POST', `/applications/${id}/identity-management/activate`, {});
  expect(status).toBe(200);
}

describe.each(databaseKinds)('a process with one place (%s)', async (kind) => {
  const settings = { ROLLCALL_LANES: '1', ROLLCALL_REQUEST_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS) };
  const [rollcall, segment] = await Promise.all([startRollcall(kind, settings), startSegment()]);

  it('provisions one application while the target of another hangs', async () => {
    const hanging = await startHangingTarget();
    // Closing waits for a request that is under way.
    onTestFinished(hanging.hangUp);
    await connect(rollcall, 'hangs', hanging.url, 'token');
    await until('the target that hangs was asked', () => hanging.waiting.size > 0);
    const started = performance.now();
    await connect(rollcall, 'answers', segment.baseUrl, await segment.newToken());
    await until('the other one has its person', async () => (await segment.holds()).people.length === 1);
    expect(performance.now() - started).toBeLessThan(SOON_MS);
  });
});
