import { describe, expect, it } from 'vitest';
import {
  countSteps,
  kindsIn,
  leftOutInWords,
  matchingInWords,
  summaryInWords,
  type StepKind,
} from './step-kinds';

const summary = { createUser: 2, refuseUser: 1, refuseGroup: 1, deactivateUser: 1 };

describe('a plan in words', () => {
  it('names those who lose something first, and counts', () => {
    expect(summaryInWords(summary, 'Sent: ', 'Nothing.')).toBe(
      'Sent: 1 account to deactivate and 2 accounts to create or link.',
    );
    expect(summaryInWords({}, 'Sent: ', 'Nothing.')).toBe('Nothing.');
    expect(summaryInWords({ refuseUser: 1 }, 'Sent: ', 'Nothing.')).toBe('Nothing.');
    expect(kindsIn(summary).map(({ kind }) => kind)).toEqual([
      'deactivateUser',
      'refuseUser',
      'refuseGroup',
      'createUser',
    ]);
  });

  it('counts nobody as sent who cannot be', () => {
    expect(countSteps(summary)).toBe(3);
    expect(leftOutInWords(summary)).toBe(
      'Left out: 1 user who cannot be sent and 1 group that cannot be sent.',
    );
    expect(leftOutInWords({ createUser: 2 })).toBeUndefined();
  });

  it.each<[matching: number, shown: readonly StepKind[], words: string]>([
    [5, [], '3 steps, and 2 records that cannot be sent'],
    [2, ['createUser', 'refuseUser'], '1 step, and 1 record that cannot be sent'],
    [1, ['refuseUser'], '1 record that cannot be sent'],
    [2, ['createUser'], '2 records'],
    [1, ['createUser'], '1 step'],
    [0, [], '0 steps'],
  ])('of %d that match, says apart which cannot be sent: %j', (matching, shown, words) => {
    const subject = { kind: 'user' as const, id: '1', name: 'Ada' };
    const steps = shown.map((kind) => ({ kind, subject, sentence: kind }));
    const plan = { checksum: 'c', truncated: false, note: null, heldOnActivation: null };
    expect(matchingInWords({ ...plan, summary, steps, matching })).toBe(words);
  });
});
