import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Problem, PROBLEM_STATUS } from '../errors.ts';
import { readAnswer } from './answer.ts';
import { EXIT, exitCodeOf, inWords } from './exit.ts';

/** What is thrown for a problem of that kind. */
function thrownFor(kind: string, status: number): unknown {
  const body = JSON.stringify({
    type: `urn:rollcall:problem:${kind}`,
    detail: 'Not so.',
    requestId: '01890a5d',
  });
  try {
    return readAnswer(z.unknown(), { status, body }, 'the server');
  } catch (error) {
    return error;
  }
}

describe('readAnswer', () => {
  it.each(Object.entries(PROBLEM_STATUS))(
    'throws a problem of the kind that was answered: %s',
    (kind, status) => {
      const thrown = thrownFor(kind, status);
      expect(thrown).toBeInstanceOf(Problem);
      expect(thrown).toMatchObject({ kind, message: 'Not so.' });
    },
  );

  it('takes a fault of the server for no outage, and says under which id its log tells of it', () => {
    const thrown = thrownFor('internal', 500);
    expect(exitCodeOf(thrown)).toBe(EXIT.failed);
    expect(inWords(thrown)).toBe('Not so. The request id is 01890a5d.');
  });

  it('takes what a gateway answers in the place of the server for an outage', () => {
    expect(exitCodeOf(thrownFor('gateway', 502))).toBe(EXIT.unreachable);
  });
});
