import { describe, expect, test } from 'vitest';
import { ADA, ada, adaValues, mapping, userFacts, userLink, userRules } from '../../test/support/facts.ts';
import { desiredOf } from './desired.ts';
import { planUser, type UserRules } from './plan-user.ts';
import type { DirectoryUser, UserFacts, UserLink } from './facts.ts';
import type { UserStep } from './steps.ts';

type Plan = Partial<UserStep> | null;

const plan = (facts: UserFacts, rules: UserRules = userRules()): UserStep | null =>
  planUser(facts, desiredOf(facts, mapping), rules);

const check = (facts: UserFacts, expected: Plan, rules?: UserRules): void => {
  if (expected === null) expect(plan(facts, rules)).toBeNull();
  else expect(plan(facts, rules)).toMatchObject(expected);
};

const earlier = { ...adaValues, userName: 'countess@acme.test' };

const links: Record<string, UserLink | null> = {
  'no link': null,
  absent: userLink({ remoteId: null, state: 'absent', accepted: {} }),
  active: userLink(),
  inactive: userLink({ state: 'inactive' }),
  'create in flight': userLink({ remoteId: null, state: 'absent', accepted: {}, inFlight: 'ada@acme.test' }),
  'create in flight under another name': userLink({
    remoteId: null,
    state: 'absent',
    accepted: {},
    inFlight: 'countess@acme.test',
  }),
  'update in flight': userLink({ inFlight: 'updateUser' }),
  'leaving in flight': userLink({ inFlight: 'deactivateUser' }),
  'coming back in flight': userLink({ state: 'inactive', inFlight: 'reactivateUser' }),
  moving: userLink({ moving: true, accepted: earlier }),
  'moving, inactive': userLink({ moving: true, state: 'inactive', accepted: earlier }),
  'moving from what is right by now': userLink({ moving: true }),
  'moving from what is right by now, inactive': userLink({ moving: true, state: 'inactive' }),
  kept: userLink({ kept: true }),
  unmanaged: userLink({ managed: false }),
};

const people: Record<string, Partial<UserFacts>> = {
  assigned: {},
  unassigned: { bound: false },
  suspended: { user: { ...ada, state: 'suspended' } },
  staged: { user: { ...ada, state: 'staged' } },
  deleted: { user: null },
};

const create: Plan = { kind: 'createUser', values: adaValues, lookFirst: false };
const createAfterLooking: Plan = { kind: 'createUser', lookFirst: true };
const reactivate: Plan = { kind: 'reactivateUser', remoteId: 'r-ada', values: adaValues };
const sayAgain: Plan = { kind: 'updateUser', remoteId: 'r-ada', values: adaValues };
const find = (userName: string): Plan => ({ kind: 'findUser', userName });
const leave = (reason: string): Plan => ({ kind: 'deactivateUser', remoteId: 'r-ada', reason }) as Plan;

describe('R10, R12, R13, R16, R34, R42, R46: what becomes of whom', () => {
  describe.each<[string, Plan]>([
    ['no link', create],
    ['absent', create],
    ['active', null],
    ['inactive', reactivate],
    ['create in flight', createAfterLooking],
    ['create in flight under another name', find('countess@acme.test')],
    ['update in flight', sayAgain],
    ['leaving in flight', reactivate],
    ['coming back in flight', reactivate],
    ['moving', leave('moving')],
    ['moving, inactive', create],
    ['moving from what is right by now', null],
    ['moving from what is right by now, inactive', reactivate],
    ['kept', null],
    ['unmanaged', null],
  ])('%s', (link, expected) => {
    test('assigned', () => check(userFacts({ link: links[link] ?? null }), expected));
  });

  const notAssigned: [string, boolean | string][] = [
    ['no link', false],
    ['absent', false],
    ['active', true],
    ['inactive', false],
    ['create in flight', 'ada@acme.test'],
    ['create in flight under another name', 'countess@acme.test'],
    ['update in flight', true],
    ['leaving in flight', true],
    ['coming back in flight', true],
    ['moving', true],
    ['moving, inactive', false],
    ['kept', false],
    ['unmanaged', false],
  ];

  describe.each(['unassigned', 'suspended', 'staged', 'deleted'])('%s', (reason) => {
    test.each(notAssigned)('%s', (link, leaves) => {
      const facts = userFacts({ ...people[reason], link: links[link] ?? null });
      check(facts, typeof leaves === 'string' ? find(leaves) : leaves ? leave(reason) : null);
    });
  });
});

describe('the connection’s choices', () => {
  const suspended = { user: { ...ada, state: 'suspended' } as DirectoryUser };

  test.each<[string, Partial<UserRules['users']>, Partial<UserFacts>, Plan]>([
    ['R12: delete', { deprovision: 'delete' }, { ...suspended, link: userLink() }, { kind: 'deleteUser' }],
    ['R12: leave', { deprovision: 'leave' }, { ...suspended, link: userLink() }, null],
    [
      'R12: leave, a create in flight',
      { deprovision: 'leave' },
      { ...suspended, link: links['create in flight'] ?? null },
      null,
    ],
    ['R10: look first', { match: 'lookup' }, {}, createAfterLooking],
  ])('%s', (_, users, facts, expected) => check(userFacts(facts), expected, userRules(users)));

  test('a leaver is sent with what the target accepted, also when the directory has forgotten them', () => {
    check(userFacts({ user: null, bound: false, link: userLink() }), { values: adaValues });
  });
});

describe('R11, R14, R15: what is sent of a change', () => {
  test.each<[string, Partial<DirectoryUser>, Partial<UserLink>, Plan]>([
    ['nothing', {}, {}, null],
    [
      'a mapped attribute',
      { lastname: 'King' },
      {},
      { kind: 'updateUser', changes: [{ path: 'displayName', before: 'Ada Lovelace', after: 'Ada King' }] },
    ],
    ['an attribute that is not mapped', { displayname: 'Countess', attributes: { shoe: 37 } }, {}, null],
    [
      'a value that went away',
      { email: null },
      {},
      { changes: [{ path: 'emails[type eq "work"].value', before: 'ada@acme.test' }] },
    ],
    ['a path that is mapped no more', {}, { accepted: { ...adaValues, title: 'Countess' } }, null],
    [
      'what the target kept',
      { lastname: 'King' },
      { notAccepted: { displayName: { sent: 'Ada King', kept: 'Ada Lovelace' } } },
      null,
    ],
    [
      'the next change of what it kept, once',
      { lastname: 'Byron' },
      { notAccepted: { displayName: { sent: 'Ada King', kept: 'Ada Lovelace' } } },
      { kind: 'updateUser', values: { ...adaValues, displayName: 'Ada Byron' } },
    ],
  ])('%s', (_, user, link, expected) =>
    check(userFacts({ user: { ...ada, ...user }, link: userLink(link) }), expected),
  );

  test('R42: after a lost answer every value is said again', () => {
    const step = plan(userFacts({ link: links['update in flight'] ?? null }));
    expect(step).toMatchObject({
      changes: Object.entries(adaValues).map(([path, after]) => ({ path, after })),
    });
  });
});

describe('R17, R49: refusals', () => {
  test.each<[string, UserLink | null]>([
    ['before the create', null],
    ['before the update', userLink({ accepted: { ...adaValues, userName: 'old@acme.test' } })],
  ])('a userName that is somebody else’s is refused %s, naming both', (_, link) => {
    const step = plan(userFacts({ link }), userRules({}, 'Bob (bob@acme.test)'));
    expect(step).toMatchObject({
      kind: 'refuseUser',
      refusal: { code: 'account-shared', field: 'userName' },
    });
    const message = step?.kind === 'refuseUser' ? step.refusal.message : '';
    expect(message).toContain('Ada Lovelace');
    expect(message).toContain('Bob (bob@acme.test)');
  });

  test.each([
    ['held', 'Their deactivation is held: approve or reject the hold.'],
    ['due', 'They lose it as soon as their deactivation is sent.'],
  ] as const)(
    'of somebody deleted whose deactivation is %s, it says what is waited for',
    (leaves, expected) => {
      const rules: UserRules = { ...userRules(), holderOf: () => ({ name: 'Bob', leaves }) };
      const step = plan(userFacts(), rules);
      expect(step?.kind === 'refuseUser' && step.refusal.message).toBe(
        `${ADA} would get the userName "ada@acme.test", which still belongs to Bob, who was deleted from the directory. ${expected} ${ADA} gets it by itself then.`,
      );
    },
  );

  test('one who cannot be sent is refused, in the target or not', () => {
    const user = { ...ada, username: 'ada', email: null };
    for (const link of [null, userLink()]) {
      check(userFacts({ user, link }), { kind: 'refuseUser' });
    }
  });

  test('a leaver is never refused', () => {
    const user = { ...ada, username: 'ada', email: null, state: 'suspended' as const };
    check(userFacts({ user, link: userLink() }), leave('suspended'), userRules({}, 'Bob'));
  });
});
