import { describe, expect, it } from 'vitest';
import { outcomeOf, type Status } from './follow.ts';

const done: Status = {
  state: 'active',
  reason: null,
  pending: 0,
  inFlight: 0,
  held: 0,
  failed: 0,
  retrying: 0,
  retryReason: null,
  users: { linked: 3, active: 2 },
  groups: { linked: 1 },
  idle: true,
};

describe('outcomeOf', () => {
  it.each<[Partial<Status>, number, string]>([
    [{}, 0, 'Segment: 2 active users, 1 group. It holds what the directory asks for.'],
    [
      { held: 26 },
      3,
      'Held until an administrator approves: 26 deactivations. They are on the tab Plan of the application in the console.',
    ],
    [{ failed: 1 }, 1, 'Refused: 1 record; the tab Users of the application in the console says why.'],
    [{ held: 26, failed: 1 }, 3, 'Held'],
    [{ idle: false, pending: 9 }, 1, 'Stopped, with 9 records still to be looked at'],
    [
      { state: 'paused', reason: { message: 'The token was rejected.' }, pending: 9, idle: false },
      1,
      'Stopped, with 9 records still to be looked at. Nothing is sent to Segment: its connection is paused. The token was rejected. ',
    ],
    [{ state: 'inactive' }, 1, 'Nothing is sent to Segment: its connection is inactive. Activate it'],
  ])('%j ends with %i', (change, exitCode, sentence) => {
    const outcome = outcomeOf({ ...done, ...change }, 'Segment');
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.sentence).toContain(sentence);
  });
});
