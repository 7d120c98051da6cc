import { describe, expect, it } from 'vitest';
import { auditEntry, withoutSecrets, type Deed } from './audit-entry.ts';
import type { Principal } from './principal.ts';

const origin = { address: '192.0.2.1', userAgent: null, requestId: 'r' };
const subject = { kind: 'user', id: 'u', name: 'ada' };
const ada: Principal = { kind: 'session', actor: 'grace', role: 'manager', userId: 'g', sessionId: 's' };

describe('what an entry tells', () => {
  it.each<[string, Omit<Deed, 'subject'>, object | null]>([
    ['of something made', { after: { email: 'a' } }, { before: null, after: { email: 'a' } }],
    ['of something deleted', { before: { email: 'a' } }, { before: { email: 'a' }, after: null }],
    [
      'of a change, what differs',
      {
        before: { email: 'a', state: 'active', attributes: { x: 1 } },
        after: { email: 'b', state: 'active', attributes: { x: 1 } },
      },
      { before: { email: 'a' }, after: { email: 'b' } },
    ],
    [
      'of a field that was not there',
      { before: {}, after: { baseUrl: 'https://a.test' } },
      { before: {}, after: { baseUrl: 'https://a.test' } },
    ],
    ['of no change, nothing', { before: { email: 'a' }, after: { email: 'a' } }, null],
    ['of an act that has no sides', {}, { before: null, after: null }],
  ])('%s', (_what, sides, expected) => {
    const entry = auditEntry('user.updated', ada, origin, { subject, ...sides });
    if (expected === null) expect(entry).toBeNull();
    else expect(entry).toMatchObject({ action: 'user.updated', origin, subject, ...expected });
  });

  it.each<[Principal, object]>([
    [ada, { kind: 'session', id: 'g', name: 'grace' }],
    [
      { kind: 'key', actor: 'api key ci', role: 'manager', userId: null, sessionId: null, keyId: 'k' },
      { kind: 'key', id: 'k', name: 'api key ci' },
    ],
    [
      { kind: 'local', actor: 'command line', role: 'administrator', userId: null, sessionId: null },
      { kind: 'local', id: null, name: 'command line' },
    ],
  ])('who: %j', (principal, actor) => {
    expect(auditEntry('user.created', principal, origin, { subject })?.actor).toEqual(actor);
  });
});

describe('secrets', () => {
  const out = '(left out)';
  it.each<[Readonly<Record<string, unknown>>, object]>([
    [{ token: 'x' }, { token: out }],
    [
      { apiToken: 'x', API_KEY: 'y', key: 'z' },
      { apiToken: out, API_KEY: out, key: out },
    ],
    [
      { newPassword: 'x', passwordHash: 'y' },
      { newPassword: out, passwordHash: out },
    ],
    [{ clientSecret: { value: 'x' } }, { clientSecret: out }],
    [
      { recoveryCodes: ['x'], totpSeed: 'y', privateKey: 'z' },
      { recoveryCodes: out, totpSeed: out, privateKey: out },
    ],
    [{ rows: [{ password: 'x', label: 'y' }] }, { rows: [{ password: out, label: 'y' }] }],
    [
      { tokenReplaced: true, token: null },
      { tokenReplaced: true, token: null },
    ],
    [
      { email: 'x', connector: 'y', displayname: 'z' },
      { email: 'x', connector: 'y', displayname: 'z' },
    ],
  ])('%j', (given, expected) => {
    expect(withoutSecrets(given)).toEqual(expected);
  });
});
