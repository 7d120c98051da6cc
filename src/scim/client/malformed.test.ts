/** Answers that no SCIM service should give, and what each request makes of them. None may throw. */
import { describe, expect, it } from 'vitest';
import { judgeDeleted } from './collection.ts';
import { judgeServiceProviderConfig } from './config.ts';
import {
  judgeCreatedGroup,
  judgeFindGroup,
  judgeGroup,
  judgeGroupPage,
  judgeUpdatedGroup,
} from './groups.ts';
import { judgeCreatedUser, judgeFindUser, judgeUpdatedUser, judgeUser, judgeUserPage } from './users.ts';
import type { ScimReply, Verdict } from './verdict.ts';

const requests = {
  find: [
    (reply: ScimReply) => judgeFindUser(reply, 'ada'),
    (reply: ScimReply) => judgeFindGroup(reply, 'ada'),
  ],
  page: [judgeUserPage, judgeGroupPage],
  get: [judgeUser, judgeGroup],
  create: [judgeCreatedUser, judgeCreatedGroup],
  update: [judgeUpdatedUser, judgeUpdatedGroup],
  delete: [judgeDeleted],
  config: [judgeServiceProviderConfig],
} satisfies Record<string, ((reply: ScimReply) => Verdict<unknown>)[]>;

const html = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';
const nested = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
const huge = JSON.stringify({ Resources: Array.from({ length: 50_000 }, () => null) });
const oddTypes =
  '{"schemas":7,"id":[],"active":{},"members":"x","displayName":{},"Resources":{},"totalResults":"x"}';

/** An update or a delete that was answered with success was done, whatever the answer holds but a page for people. */
const rows: [string, string, Record<'find' | 'page' | 'get' | 'create' | 'config', string>][] = [
  ['HTML', html, { find: 'stop', page: 'stop', get: 'stop', create: 'taken', config: 'stop' }],
  ['XML', '<a/>', { find: 'stop', page: 'stop', get: 'stop', create: 'taken', config: 'stop' }],
  ['plain text', 'OK', { find: 'stop', page: 'stop', get: 'stop', create: 'taken', config: 'stop' }],
  ['nothing', '', { find: 'done', page: 'stop', get: 'missing', create: 'taken', config: 'stop' }],
  ['spaces', ' \r\n', { find: 'done', page: 'stop', get: 'missing', create: 'taken', config: 'stop' }],
  [
    'truncated JSON',
    '{"id":"a","userN',
    { find: 'later', page: 'later', get: 'later', create: 'taken', config: 'later' },
  ],
  [
    'two values',
    '{"id":"a"}{"id":"b"}',
    { find: 'later', page: 'later', get: 'later', create: 'taken', config: 'later' },
  ],
  ['5,000 levels', nested, { find: 'later', page: 'later', get: 'later', create: 'taken', config: 'later' }],
  ['null', 'null', { find: 'stop', page: 'stop', get: 'missing', create: 'taken', config: 'stop' }],
  ['a number', '42', { find: 'stop', page: 'stop', get: 'stop', create: 'taken', config: 'stop' }],
  ['a string', '"ok"', { find: 'stop', page: 'stop', get: 'stop', create: 'taken', config: 'stop' }],
  [
    'a bare list',
    '[{"id":"a"}]',
    { find: 'stop', page: 'stop', get: 'stop', create: 'taken', config: 'stop' },
  ],
  ['an empty object', '{}', { find: 'stop', page: 'stop', get: 'refused', create: 'taken', config: 'stop' }],
  ['odd types', oddTypes, { find: 'stop', page: 'stop', get: 'refused', create: 'taken', config: 'stop' }],
  ['50,000 nulls', huge, { find: 'done', page: 'done', get: 'refused', create: 'taken', config: 'stop' }],
  [
    'an id that is a path',
    '{"id":".."}',
    { find: 'stop', page: 'stop', get: 'refused', create: 'taken', config: 'stop' },
  ],
];

describe.each(rows)('200 with %s', (_, body, expected) => {
  const change = body.startsWith('<') ? 'later' : 'done';
  const all = { ...expected, update: change, delete: change };
  it.each(Object.entries(requests))('%s', (request, judges) => {
    const wanted = all[request as keyof typeof all];
    for (const judge of judges) {
      const verdict = judge({ status: 200, headers: {}, body });
      expect(verdict.verdict === 'again' ? verdict.reason : verdict.verdict).toBe(wanted);
    }
  });
});

describe.each([400, 401, 404, 409, 429, 500, 503])('%i with any of these bodies', (status) => {
  it.each(rows)('%s is judged by its status', (_, body) => {
    const plain = judgeUpdatedUser({ status, headers: {}, body: '' });
    expect(judgeUpdatedUser({ status, headers: {}, body }).verdict).toBe(plain.verdict);
  });
});
