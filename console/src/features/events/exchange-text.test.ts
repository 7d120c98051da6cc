import { describe, expect, it } from 'vitest';
import { answerHeading, answerText, requestText } from './exchange-text';

const exchange = { method: 'POST', path: '/Users', durationMs: 35.4 };

describe('an exchange as text', () => {
  it.each([
    [{ ...exchange, status: 201 }, 'Created (201), after 35 ms'],
    [{ ...exchange, status: 418, durationMs: 1234 }, 'Status 418, after 1.2 s'],
    [{ ...exchange, error: 'The host was not found.' }, 'No answer, after 35 ms: The host was not found.'],
  ])('the answer of %j', (given, expected) => {
    expect(answerHeading(given)).toBe(expected);
  });

  it.each([
    ['{"id":"1"}', '{\n  "id": "1"\n}'],
    ['{"id":"1', '{"id":"1'],
    ['', null],
  ])('the body %j', (response, expected) => {
    expect(answerText({ ...exchange, response })).toBe(expected);
  });

  it('a request without a body has none', () => {
    expect(requestText(exchange)).toBeNull();
    expect(requestText({ ...exchange, request: { userName: 'ada' } })).toBe('{\n  "userName": "ada"\n}');
  });
});
