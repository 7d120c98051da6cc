import { describe, expect, it } from 'vitest';
import { judgeUpdatedUser } from './users.ts';
import { done, judge, type ScimReply, type Verdict } from './verdict.ts';

function reply(status: number, body = '', headers: ScimReply['headers'] = {}): ScimReply {
  return { status, body, headers };
}

function kindOf(verdict: Verdict<unknown>): string {
  if (verdict.verdict === 'done') return 'done';
  const reason = verdict.verdict === 'again' ? `/${verdict.reason}` : '';
  return `${verdict.verdict}${reason} ${verdict.problem.code}`;
}

function problemOf(given: ScimReply) {
  const verdict = judgeUpdatedUser(given);
  if (verdict.verdict === 'done') throw new Error('expected a failure');
  return verdict.problem;
}

const scimError = (fields: object): string =>
  JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], ...fields });

describe('replies are sorted by what happens next', () => {
  it.each<[number, string, string]>([
    [200, '', 'done'],
    [201, '', 'done'],
    [202, '', 'done'],
    [204, '', 'done'],
    [301, '', 'stop redirected'],
    [302, '<html>sign in</html>', 'stop redirected'],
    [304, '', 'stop redirected'],
    [307, '', 'stop redirected'],
    [400, '', 'refused refused'],
    [400, scimError({ scimType: 'invalidValue' }), 'refused refused'],
    [400, scimError({ scimType: 'uniqueness' }), 'again/taken taken'],
    [400, scimError({ scimType: 'Uniqueness' }), 'again/taken taken'],
    [401, '', 'stop token-rejected'],
    [403, '', 'stop forbidden'],
    [404, '', 'again/missing missing'],
    [404, '<html></html>', 'again/missing missing'],
    [405, '', 'refused unsupported'],
    [408, '', 'later timeout'],
    [409, '', 'again/taken taken'],
    [410, '', 'again/missing missing'],
    [412, '', 'again/changed changed'],
    [413, '', 'refused request-too-large'],
    [418, '', 'refused refused'],
    [422, '', 'refused refused'],
    [425, '', 'later timeout'],
    [429, '', 'later rate-limited'],
    [500, '', 'later unavailable'],
    [501, '', 'refused unsupported'],
    [502, '<html>Bad Gateway</html>', 'later unavailable'],
    [503, '<html>Maintenance</html>', 'later unavailable'],
    [504, '', 'later unavailable'],
    [599, '', 'later unavailable'],
    [0, '', 'refused odd-status'],
    [100, '', 'refused odd-status'],
    [600, '', 'refused odd-status'],
    // An error in the dress of a success.
    [200, scimError({ status: '404' }), 'again/missing missing'],
    [200, scimError({ status: 409 }), 'again/taken taken'],
    [200, scimError({ detail: 'no' }), 'refused refused'],
    [200, scimError({ status: '200' }), 'refused refused'],
  ])('%i %s → %s', (status, body, expected) => {
    expect(kindOf(judge(reply(status, body), () => done(undefined)))).toBe(expected);
  });
});

describe('R3: whoever asks once', () => {
  const statuses = [302, 400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 418, 425, 429, 500, 501, 503, 600];

  it.each(statuses)('is promised nothing after %i, and told what to do', (status) => {
    const { message, once = message } = problemOf(reply(status));
    expect(once).not.toMatch(/\b(?:it|is|and) (?:looked up|read|asked|sent|sends|slows)\b/i);
    expect(once).toMatch(/[Tt]ry again|base URL|enter|Ask its support/);
  });
});

describe('what the target said', () => {
  it.each<[string, string, object]>([
    [
      'a SCIM error',
      scimError({ detail: 'userName is\n not valid', scimType: 'invalidValue', status: '400' }),
      { said: 'userName is not valid', scimType: 'invalidValue' },
    ],
    ['a SCIM error without a status', '{"Detail":"no"}', { said: 'no' }],
    ['SCIM 1.1', '{"Errors":[{"description":"bad","code":"400"}]}', { said: 'bad' }],
    ['a gateway', '{"message":"No route"}', { said: 'No route' }],
    ['OAuth', '{"error":"invalid_token","error_description":"It expired"}', { said: 'It expired' }],
    ['nested', '{"error":{"message":"deep"}}', { said: 'deep' }],
    ['a list', '["one","two"]', { said: 'one' }],
    ['a JSON string', '"plain"', { said: 'plain' }],
    ['plain text', 'Not this way.\r\n', { said: 'Not this way.' }],
    ['a page', '<!doctype html><html><head><title>Oops &amp; co</title>', { said: 'Oops &amp; co' }],
    ['a page after a byte order mark', '\ufeff<html><title>Oops</title>', { said: 'Oops' }],
    ['XML', '<Error><Code>Denied</Code> <Message>Go</Message></Error>', { said: 'Denied Go' }],
    ['truncated JSON', '{"detail":"cut', { said: '{"detail":"cut' }],
    ['control and direction characters', '"a\\u0007\\u202eb\\u0000c"', { said: 'a bc' }],
    ['a token', '{"detail":"Bearer abcdefghijklmnop1234 is unknown"}', { said: 'Bearer … is unknown' }],
    ['odd types', '{"detail":{"a":1},"scimType":7,"status":[]}', {}],
    ['null', 'null', {}],
    ['nothing', '', {}],
  ])('%s', (_, body, expected) => {
    expect(problemOf(reply(400, body))).toEqual({
      code: 'refused',
      message: expect.stringMatching(/refused/) as string,
      once: expect.stringContaining('base URL') as string,
      status: 400,
      ...expected,
    });
  });

  it('is cut at 500 characters, not through a character', () => {
    const said = problemOf(reply(400, JSON.stringify({ detail: '😀'.repeat(100_000) }))).said ?? '';
    expect(said.length).toBeLessThanOrEqual(500);
    expect(() => encodeURIComponent(said)).not.toThrow();
    expect(said.endsWith('…')).toBe(true);
  });
});

describe('Retry-After', () => {
  it.each<[string, ScimReply['headers'], number | undefined]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a fraction', { 'retry-after': ' 0.5 ' }, 500],
    ['zero', { 'retry-after': '0' }, 0],
    ['a day', { 'retry-after': '86400' }, 3_600_000],
    ['more digits than numbers have', { 'retry-after': '9'.repeat(400) }, 3_600_000],
    ['a date', { 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 30_000],
    ['a date as C writes it', { 'retry-after': 'Mon Nov 23 12:00:30 2026' }, 30_000],
    ['a date with its weekday in full', { 'retry-after': 'Monday, 23-Nov-26 12:00:30 GMT' }, 30_000],
    ['a date that is past', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 0],
    ['a date next year', { 'retry-after': 'Tue, 23 Nov 2027 12:00:00 GMT' }, 3_600_000],
    [
      'a date by a clock that is an hour ahead',
      { 'retry-after': 'Mon, 23 Nov 2026 13:00:10 GMT', date: 'Mon, 23 Nov 2026 13:00:00 GMT' },
      10_000,
    ],
    ['a negative number', { 'retry-after': '-1' }, undefined],
    ['words', { 'retry-after': 'in 5 minutes' }, undefined],
    ['an impossible date', { 'retry-after': 'Mon, 99 Nov 2026 12:00:00 GMT' }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, headers, expected) => {
    const date = 'Mon, 23 Nov 2026 12:00:00 GMT';
    const verdict = judge(reply(429, '', { date, ...headers }), () => done(undefined));
    expect(verdict).toMatchObject({ verdict: 'later' });
    expect('retryAfterMs' in verdict ? verdict.retryAfterMs : undefined).toBe(expected);
  });

  it('a date without any clock to compare with says nothing', () => {
    const headers = { 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' };
    expect(judge({ status: 503, body: '', headers }, () => done(1))).not.toHaveProperty('retryAfterMs');
  });
});
