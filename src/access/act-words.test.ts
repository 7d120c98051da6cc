import { describe, expect, it } from 'vitest';
import { causeInWords, entryInWords } from './act-words.ts';

const subject = (kind: string, name: string, id: string | null = 'x') => ({ kind, id, name });
const by = (name: string) => ({ kind: 'session' as const, id: null, name });

describe('an entry of the audit trail in words', () => {
  it.each([
    ['user.updated', 'grace', subject('user', 'ada'), 'grace changed the user "ada"'],
    ['session.started', 'ada', subject('user', 'ada'), 'ada signed in'],
    ['role.taken', 'grace', subject('user', 'ada'), 'grace took the role of the user "ada" away'],
    ['users.imported', 'api key hr', subject('user', '3 users', null), 'The API key "hr" imported 3 users'],
    [
      'group.updated',
      'command line',
      subject('group', '$& Co'),
      'The command line changed the group "$& Co"',
    ],
    [
      'administratorLink.made',
      'command line',
      subject('link', 'first administrator', null),
      'The command line made a link for the first administrator',
    ],
    [
      'session.refused',
      'somebody not signed in',
      subject('user', 'ada'),
      'Somebody not signed in failed to sign in as the user "ada"',
    ],
    ['of.another.version', 'grace', subject('user', 'ada'), 'grace changed the record "ada"'],
  ])('%s by %s', (action, actor, whom, expected) => {
    expect(entryInWords({ action, actor: by(actor), subject: whom })).toBe(expected);
  });
});

describe('the cause of an operation in words', () => {
  it.each([
    ['user.updated', 'grace', 'grace changed a user'],
    ['connection.activated', 'api key ci', 'The API key "ci" activated the connection of an application'],
    ['inventory', 'Rollcall', 'Rollcall found a difference when it read what an application holds'],
    ['signIn', 'ada', 'ada signed in'],
  ])('%s by %s', (action, actor, expected) => {
    expect(causeInWords({ action, actor })).toBe(expected);
  });

  it.each([
    ['group.membersChanged', 'grace changed the members of the group "Sales"'],
    ['group.deleted', 'grace deleted the group "Sales"'],
    ['application.groupsUnbound', 'grace unbound the group "Sales" from an application'],
    ['users.imported', 'grace imported a user'],
  ])('%s names the group that it was', (action, expected) => {
    expect(causeInWords({ action, actor: 'grace', group: { name: 'Sales' } })).toBe(expected);
  });
});
