import { describe, expect, it } from 'vitest';
import type { Backend } from './backend.ts';
import { nothingToDo } from './nothing-to-do.ts';

const counts = { pending: 0, inFlight: 0, held: 0, failed: 0, retrying: 0, retryReason: null, idle: true };
const records = { reason: null, users: { linked: 0, active: 0 }, groups: { linked: 0 } };

const backendWith = (bound: number, state: string): Backend => ({
  where: 'a test',
  work: () => Promise.resolve(),
  examine: () => Promise.resolve([]),
  close: () => Promise.resolve(),
  call: (schema, _, path) =>
    Promise.resolve(
      schema.parse(path.endsWith('/status') ? { state, ...counts, ...records } : { total: bound }),
    ),
});

describe('a plan with nothing to send', () => {
  it.each([
    [0, 'active', {}, /no group is bound to Segment yet/],
    [0, 'inactive', {}, /no group is bound to Segment yet/],
    [1, 'inactive', {}, /as far as is known: its connection is inactive\.$/],
    [1, 'active', {}, /^Nothing to do: Segment holds what the directory asks for\.$/],
    [
      1,
      'active',
      { refuseUser: 1 },
      /^Nothing to send: 1 record waits until the error shown above is corrected\.$/,
    ],
    [1, 'active', { refuseUser: 1, refuseGroup: 1 }, /^Nothing to send: 2 records wait until the error/],
  ])('with %d groups bound, %s, %j: says what is true', async (bound, state, summary, words) => {
    const segment = { id: '1', name: 'Segment' };
    expect(await nothingToDo(backendWith(bound, state), segment, { summary, note: null })).toMatch(words);
  });

  it('that may change says no more than is known', async () => {
    const [segment, plan] = [
      { id: '1', name: 'Segment' },
      { summary: {}, note: 'It may change.' },
    ];
    expect(await nothingToDo(backendWith(1, 'active'), segment, plan)).toMatch(
      /asks for, as far as is known\.$/,
    );
  });
});
