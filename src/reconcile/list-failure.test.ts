import { describe, expect, it } from 'vitest';
import type { Setback } from './conversation.ts';
import { atList, unreadable } from './list-failure.ts';

const asked = { method: 'GET', path: '/Users?startIndex=1&count=100', durationMs: 1 };
const failure = (code: string, status?: number) => ({
  code,
  message: 'It is so.',
  ...(status && { status }),
});

describe('a page of a list that does not come', () => {
  const advice = 'Check the base URL and what the token may do, or ask its support.';
  it.each<[string, Setback, Setback['kind'], string]>([
    [
      'is refused',
      { kind: 'refused', failure: failure('unsupported', 501) },
      'refused',
      `The application answered GET /Users?startIndex=1&count=100 with status 501, so that its users cannot be read. ${advice}`,
    ],
    [
      'is answered as a record would be',
      { kind: 'again', reason: 'taken', failure: failure('taken', 409) },
      'refused',
      `The application answered GET /Users?startIndex=1&count=100 with status 409, so that its users cannot be read. ${advice}`,
    ],
    [
      'is too large',
      { kind: 'later', retryAfterMs: 0, uncertain: false, failure: failure('too-large') },
      'refused',
      'It is so. The question was GET /Users?startIndex=1&count=100.',
    ],
    [
      'stops the connection',
      { kind: 'stop', failure: failure('not-scim', 200) },
      'stop',
      'It is so. The question was GET /Users?startIndex=1&count=100.',
    ],
    [
      'may come later',
      { kind: 'later', retryAfterMs: 5, uncertain: true, failure: failure('unavailable', 503) },
      'later',
      'It is so.',
    ],
  ])('R44: which %s', (_, setback, kind, message) => {
    expect(atList(setback, 'user', asked)).toMatchObject({ kind, failure: { message } });
  });

  it('is said with what can be done without it', () => {
    const refused = { kind: 'refused', failure: failure('refused', 400) } as const;
    expect(atList(refused, 'group', asked)).toMatchObject({
      failure: {
        message: expect.stringMatching(/its groups cannot be read.*turn group management off\.$/) as unknown,
      },
    });
  });

  it('of which nothing was sent is no failure', () => {
    expect(atList({ kind: 'unsent' }, 'user', asked)).toEqual({ kind: 'unsent' });
  });
});

it('R44: a list that links wait for says so, and what comes next', () => {
  expect(unreadable(failure('refused', 400))).toEqual({
    code: 'unreadable',
    status: 400,
    message:
      'It is so. Since the address or the token was changed, nothing is sent before what the application holds has been read. Resume the connection once it can be.',
  });
});
