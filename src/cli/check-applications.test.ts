import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Backend } from './backend.ts';
import { checkApplications } from './check-applications.ts';

interface Tested {
  readonly passed: boolean;
  readonly message: string;
}

/** A backend with one application, paused where nothing else is said, whose target answers so. */
function backendOf(test: Tested, changed: object = {}): Backend {
  const status = {
    ...{ state: 'paused', pending: 0, inFlight: 0, held: 1, failed: 1, retrying: 0, attention: 1 },
    ...{ reason: null, inventoryError: null, oldestPendingAt: null, waitUntil: null, unsure: false },
    ...{ users: { linked: 0, active: 0 }, groups: { linked: 0 }, idle: true, retryReason: null },
    ...changed,
  };
  const answer = (path: string): unknown => {
    if (path.endsWith('/test')) return test;
    return path.endsWith('/status')
      ? status
      : { items: [{ id: '1', label: 'Segment', sso: { enabled: false } }], nextCursor: null };
  };
  return {
    where: 'a test',
    call: (schema, _method, path) => Promise.resolve(schema.parse(answer(path))),
    work: () => Promise.resolve(),
    examine: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

const sentences = async (passed: boolean, message: string, changed?: object): Promise<string[]> =>
  (await checkApplications(backendOf({ passed, message }, changed), systemClock)).map(
    (found) => found.message,
  );

it('R44: what to do about a pause agrees with what the target says', async () => {
  expect(await sentences(false, 'Rejected: deactivate, enter a new token, activate.')).toEqual(
    expect.arrayContaining([
      'The connection is paused, and nothing is sent. The next line says why, and what to do.',
    ]),
  );
  expect((await sentences(true, 'It answered.'))[0]).toMatch(/answers now: resume the connection\.$/);
  const reason = { code: 'unreadable', message: 'Its users cannot be read.' };
  expect((await sentences(true, 'It answered.', { reason }))[0]).toBe(
    'The connection is paused, and nothing is sent. Why it was paused: Its users cannot be read. The application answers now: resume the connection.',
  );
});

it('tells one in the singular', async () => {
  expect((await sentences(true, 'It answered.')).slice(2)).toEqual([
    '1 deactivation is held: look at the list in the console, on the tab Plan of the application, and approve or reject it.',
    "1 record can't be provisioned as it is: the tab Users of the application in the console says why, and what to do.",
    '1 user needs a decision about their accounts: it is taken in the console, on the tab Users of the application.',
  ]);
});

it('R10: tells that accounts are read first, while the connection is active', async () => {
  const found = await sentences(true, 'It answered.', { state: 'active', unsure: true });
  expect(found[1]).toMatch(
    /^Since the address or the token was changed, Rollcall first reads which accounts/,
  );
  expect(await sentences(true, 'It answered.', { unsure: true })).not.toContain(found[1]);
});

it('tells that the last reading could not be used, and why', async () => {
  const inventoryError = { code: 'not-believed', message: 'It shows too little.', retrying: false };
  const found = await sentences(true, 'It answered.', { state: 'active', inventoryError });
  expect(found[1]).toBe(
    'The last reading of what the application holds could not be used. It shows too little.',
  );
  expect(await sentences(true, 'It answered.', { inventoryError })).not.toContain(found[1]);
});

it('R44: tells that an application asked to wait, instead of wondering why a record does', async () => {
  const waiting = {
    state: 'active',
    held: 0,
    failed: 0,
    attention: 0,
    oldestPendingAt: '2026-11-26T13:00:00.000Z',
  };
  const found = (waitUntil: string | null, changed: object = {}) =>
    sentences(true, 'It answered.', { ...waiting, waitUntil, ...changed });
  const fourMinutesAgo = new Date(Date.now() - 240_000).toISOString();
  expect((await found(null, { oldestPendingAt: fourMinutesAgo })).slice(1)).toEqual([]);
  expect((await found(null)).slice(1)).toEqual([expect.stringMatching(/^A record waits since/)]);
  expect((await found('2026-11-26T14:05:00.000Z')).slice(1)).toEqual([
    'The application asked to wait until 2026-11-26T14:05:00.000Z. What is pending is sent after that, leavers first.',
  ]);
});
