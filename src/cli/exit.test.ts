import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { badInput, Problem, unreadable, type ProblemKind } from '../errors.ts';
import { exitCodeOf, inWords } from './exit.ts';

const CODES: Readonly<Record<ProblemKind, number>> = {
  'bad-input': 2,
  'not-found': 2,
  unauthorized: 2,
  forbidden: 3,
  conflict: 3,
  precondition: 3,
  'too-many': 3,
  unavailable: 4,
};

describe('the end of a command', () => {
  it.each([
    ...Object.entries(CODES).map(
      ([kind, code]) => [kind, new Problem(kind as ProblemKind, 'Not so.'), code] as const,
    ),
    ['a fault of ours', new Error('Not so.'), 1] as const,
    ['help that was asked for', new CommanderError(0, 'commander.help', ''), 0] as const,
    ['wrong usage', new CommanderError(1, 'commander.unknownOption', ''), 2] as const,
  ])('by %s has its code', (_what, error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });

  it('R49: names each bad field once, and twenty at most', () => {
    const errors = Array.from({ length: 22 }, (_, at) => ({ path: `f${at}`, message: 'is bad.' }));
    const lines = inWords(badInput('Many are.', errors)).split('\n');
    expect(lines).toHaveLength(22);
    expect(lines.slice(0, 2)).toEqual(['Many are.', '  f0 is bad.']);
    expect(lines.slice(-2)).toEqual(['  f19 is bad.', '  … and 2 more']);
    expect(inWords(badInput('Twenty are.', errors.slice(0, 20)))).not.toContain('more');
    expect(inWords(unreadable('It is none.'))).toBe('It is none.');
  });
});
