import { describe, expect, it } from 'vitest';
import { countSteps, kindsIn, leftOutInWords, summaryInWords } from './step-kinds';

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
});
