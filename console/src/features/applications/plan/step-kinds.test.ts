import { describe, expect, it } from 'vitest';
import { countSteps, kindsIn, summaryInWords } from './step-kinds';

const summary = { createUser: 2, refuseUser: 1, refuseGroup: 1, deactivateUser: 1 };

describe('a plan in words', () => {
  it('names those who lose something first, and counts', () => {
    expect(summaryInWords(summary, 'Sent: ', 'Nothing.')).toBe(
      'Sent: 1 account to deactivate, 1 user who cannot be sent, 1 group that cannot be sent, and 2 accounts to create or link.',
    );
    expect(summaryInWords({}, 'Sent: ', 'Nothing.')).toBe('Nothing.');
    expect(kindsIn(summary).map(({ kind }) => kind)).toEqual([
      'deactivateUser',
      'refuseUser',
      'refuseGroup',
      'createUser',
    ]);
  });

  it('counts nobody as sent who cannot be', () => {
    expect(countSteps(summary)).toBe(3);
  });
});
