import { describe, expect, test } from 'vitest';
import { ADA, ada, adaValues, userFacts, userLink } from '../../test/support/facts.ts';
import { settleRefusal, settleUser, userSentAs, type UserAttempt, type UserOutcome } from './outcome-user.ts';
import type { LinkWrite, Settlement } from './settlement.ts';
import { NO_VALUE, type UserLink, type Values } from './facts.ts';
import { type RefuseUser, type RemoveUser, type Subject, type UpdateUser, type UserStep } from './steps.ts';

const subject: Subject = { kind: 'user', id: ada.id, name: ADA };
const create: UserStep = { kind: 'createUser', subject, values: adaValues, lookFirst: false };
const nameless = { userName: adaValues.userName };
const find: UserStep = { kind: 'findUser', subject, userName: 'old@acme.test' };
const married = { ...adaValues, displayName: 'Ada King' };
const update: UpdateUser = {
  kind: 'updateUser',
  subject,
  remoteId: 'r-ada',
  values: married,
  changes: [{ path: 'displayName', before: 'Ada Lovelace', after: 'Ada King' }],
};
const reactivate: UpdateUser = { ...update, kind: 'reactivateUser' };
const leave: RemoveUser = {
  kind: 'deactivateUser',
  subject,
  remoteId: 'r-ada',
  values: adaValues,
  reason: 'suspended',
};
const failure = { code: 'refused', message: 'The application refused it.', said: 'no', status: 400 };

function attempt(link: UserLink | null, changed: Partial<UserAttempt> = {}): UserAttempt {
  return {
    facts: userFacts({ link }),
    generation: '7',
    attempts: 0,
    approved: false,
    cause: null,
    exchanges: [],
    durationMs: 5,
    leavingDropsMemberships: true,
    ...changed,
  };
}

const settled = (
  step: UserStep,
  outcome: UserOutcome,
  link: UserLink | null,
  changed?: Partial<UserAttempt>,
) => settleUser(step, outcome, attempt(link, changed));

function linkIn({ link }: Settlement): LinkWrite {
  if (typeof link !== 'object') throw new Error(`No link: ${link ?? 'untouched'}`);
  return link;
}

const linked = (how: 'created' | 'found', values = {}, active: boolean | undefined = true): UserOutcome => ({
  kind: 'linked',
  how,
  remoteId: 'r-new',
  shown: { values, active },
});

describe('R10: an account that was created or found', () => {
  test.each<[string, UserStep, UserOutcome, object, string]>([
    [
      'created, shown as sent',
      create,
      linked('created', adaValues),
      { remoteId: 'r-new', state: 'active', accepted: adaValues, notAccepted: {}, key: 'ada@acme.test' },
      'done',
    ],
    [
      'created, shown without values',
      create,
      linked('created'),
      { accepted: adaValues, notAccepted: {} },
      'done',
    ],
    [
      'R15: created under its own name',
      create,
      linked('created', { displayName: 'The Countess' }),
      {
        accepted: { ...adaValues, displayName: 'The Countess' },
        notAccepted: { displayName: { sent: 'Ada Lovelace', kept: 'The Countess' } },
      },
      'done',
    ],
    [
      'R15: created with a name of the target’s making where the directory has none',
      { ...create, values: nameless },
      linked('created', { ...nameless, displayName: 'ada' }),
      {
        accepted: { ...nameless, displayName: 'ada' },
        notAccepted: { displayName: { sent: NO_VALUE, kept: 'ada' } },
      },
      'done',
    ],
    ['created, but inactive', create, linked('created', {}, false), { state: 'inactive' }, 'again'],
    ['active is not said', create, linked('created', {}, undefined), { state: 'active' }, 'done'],
    [
      'found: compared afresh with what it has',
      create,
      linked('found', { userName: 'ADA@acme.test' }),
      { accepted: { userName: 'ADA@acme.test' }, key: 'ada@acme.test' },
      'again',
    ],
    [
      'R42: found after a lost answer',
      find,
      linked('found', { userName: 'old@acme.test' }),
      { inFlight: null },
      'again',
    ],
  ])('%s', (_, step, outcome, link, next) => {
    const settlement = settled(step, outcome, null);
    expect(linkIn(settlement)).toMatchObject({ error: null, inFlight: null, ...link });
    expect(settlement).toMatchObject({ generation: '7', joined: true, next: { do: next } });
  });

  test('R42: nothing was created: the link is dropped and the user looked at again', () => {
    const link = userLink({ remoteId: null, state: 'absent', inFlight: 'old@acme.test' });
    expect(settled(find, { kind: 'absent' }, link)).toMatchObject({ link: 'forget', next: { do: 'again' } });
  });

  test('one who was looked at in vain before waits', () => {
    const settlement = settled(create, linked('created', {}, false), null, { attempts: 4 });
    expect(settlement.next).toEqual({ do: 'again', delayMs: 16_000 });
  });
});

describe('an update', () => {
  const updated = (values: object | undefined, sent: Values = married): UserOutcome => ({
    kind: 'updated',
    shown: values === undefined ? undefined : { values: { ...values }, active: true },
    sent,
  });

  test.each<[string, UserOutcome, object]>([
    ['taken', updated(married), { accepted: married, notAccepted: {}, attention: null }],
    ['answered with nothing is taken', updated(undefined), { accepted: married, notAccepted: {} }],
    [
      'R15: kept',
      updated(adaValues),
      {
        accepted: adaValues,
        notAccepted: { displayName: { sent: 'Ada King', kept: 'Ada Lovelace' } },
        attention: null,
      },
    ],
    [
      'R15: the identifier kept asks for attention',
      updated({ userName: 'old@acme.test' }),
      { key: 'old@acme.test', attention: { code: 'identifier-not-accepted', kept: 'old@acme.test' } },
    ],
    [
      'a difference of case asks for none',
      updated({ userName: 'ADA@acme.test' }),
      { key: 'ada@acme.test', attention: null },
    ],
  ])('%s', (_, outcome, link) => {
    const settlement = settled(update, outcome, userLink());
    expect(linkIn(settlement)).toMatchObject(link);
    expect(settlement.next).toEqual({ do: 'done' });
    expect(settlement.joined).toBeUndefined();
  });

  test('R11, R44: what was refused of it is told, and what was taken is known', () => {
    const king = { ...married, userName: 'king@acme.test' };
    const outcome: UserOutcome = { kind: 'updated', shown: undefined, sent: married, refused: failure };
    expect(settled({ ...update, values: king }, outcome, userLink())).toMatchObject({
      next: { do: 'done' },
      link: {
        accepted: married,
        key: 'ada@acme.test',
        notAccepted: {},
        error: { ...failure, retrying: false },
      },
      event: { outcome: 'refused', sentence: expect.stringContaining(failure.message) as string },
    });
  });

  test('R42: what was refused of it may have been done by an earlier request', () => {
    const outcome: UserOutcome = { kind: 'updated', shown: undefined, sent: married, refused: failure };
    const link = userLink({ inFlight: 'updateUser' });
    expect(linkIn(settled(update, outcome, link)).inFlight).toBe('updateUser');
    expect(linkIn(settled(update, updated(married), link)).inFlight).toBeNull();
  });

  test.each([
    ['as it is shown now', 'The Countess', { sent: 'Ada Byron', kept: 'The Countess' }],
    ['no more, once it is shown as it was sent', 'Ada Byron', undefined],
  ])('R15: what was kept before is known %s', (_, displayName, expected) => {
    const link = userLink({ notAccepted: { displayName: { sent: 'Ada Byron', kept: 'Ada Lovelace' } } });
    const outcome = updated({ ...adaValues, displayName }, { title: 'Dr' });
    expect(linkIn(settled(update, outcome, link)).notAccepted['displayName']).toEqual(expected);
  });

  test('R15: what was kept before and is wished for no more is forgotten', () => {
    const link = userLink({ notAccepted: { displayName: { sent: 'Ada Byron', kept: 'Ada Lovelace' } } });
    expect(linkIn(settled(update, updated(married), link)).notAccepted).toEqual({});
  });

  test('R13: who comes back has their memberships looked at again', () => {
    const settlement = settled(reactivate, updated(married), userLink({ state: 'inactive', kept: true }));
    expect(settlement).toMatchObject({ joined: true, link: { state: 'active', endsKept: true } });
  });

  test('who is shown as still inactive is not taken for active', () => {
    const outcome: UserOutcome = { kind: 'updated', shown: { values: {}, active: false }, sent: married };
    const link = linkIn(settled(reactivate, outcome, userLink({ state: 'inactive' })));
    expect(link).toMatchObject({ state: 'inactive', error: { code: 'still-inactive' } });
  });

  test('R10: who is shown as inactive after an update, as somebody deactivated them there, is brought back', () => {
    const outcome: UserOutcome = { kind: 'updated', shown: { values: {}, active: false }, sent: married };
    const settlement = settled(update, outcome, userLink());
    expect(settlement).toMatchObject({ next: { do: 'again' }, link: { state: 'inactive', error: null } });
  });

  test('R15: attributes that cannot be changed keep their values, and the rest is compared afresh', () => {
    const settlement = settled(update, { kind: 'unchangeable', failure }, userLink());
    expect(settlement).toMatchObject({
      next: { do: 'again' },
      link: {
        state: 'active',
        error: null,
        notAccepted: { displayName: { sent: 'Ada King', kept: 'Ada Lovelace' } },
      },
    });
  });

  test('R42: what was open before such a refusal is open still', () => {
    const link = userLink({ inFlight: 'updateUser' });
    expect(linkIn(settled(update, { kind: 'unchangeable', failure }, link)).inFlight).toBe('updateUser');
  });

  test('where nothing differs, such a refusal is one', () => {
    const settlement = settled(
      { ...update, values: adaValues },
      { kind: 'unchangeable', failure },
      userLink(),
    );
    expect(settlement).toMatchObject({ next: { do: 'done' }, link: { error: { code: 'refused' } } });
  });
});

describe('R12: leaving', () => {
  const left: UserOutcome = { kind: 'left', shown: undefined };

  test.each<[string, RemoveUser, Partial<UserAttempt>, object, 'dropped' | 'kept', boolean]>([
    [
      'deactivated',
      leave,
      {},
      { remoteId: 'r-ada', state: 'inactive', accepted: adaValues },
      'dropped',
      true,
    ],
    [
      'deactivated, groups stay',
      leave,
      { leavingDropsMemberships: false },
      { state: 'inactive' },
      'kept',
      true,
    ],
    [
      'deleted',
      { ...leave, kind: 'deleteUser' },
      { leavingDropsMemberships: false },
      { remoteId: null, state: 'absent', accepted: {}, key: null },
      'dropped',
      true,
    ],
    ['R46: approved ones do not count', leave, { approved: true }, { state: 'inactive' }, 'dropped', false],
    [
      'R15: moving',
      { ...leave, reason: 'moving' },
      {},
      { remoteId: null, state: 'absent', key: null, endsMoving: true },
      'dropped',
      false,
    ],
  ])('%s', (_, step, changed, link, how, counts) => {
    const settlement = settled(step, left, userLink(), changed);
    expect(linkIn(settlement)).toMatchObject(link);
    expect(settlement).toMatchObject({ left: how, event: { deactivation: counts } });
  });

  test('who is shown as still active has not left, and that is said', () => {
    const outcome: UserOutcome = { kind: 'left', shown: { values: {}, active: true } };
    const settlement = settled(leave, outcome, userLink());
    expect(settlement).toMatchObject({ link: { state: 'active', error: { code: 'still-active' } } });
    expect(settlement.left).toBeUndefined();
  });

  test('R15, R46: an old account that was gone already is no deactivation', () => {
    const settlement = settled({ ...leave, reason: 'moving' }, { kind: 'missing', failure }, userLink());
    expect(settlement).toMatchObject({ link: { endsMoving: true }, event: { deactivation: false } });
    expect(settlement.next).toEqual({ do: 'continue' });
  });

  test('R16: an account that was gone already is what was asked for', () => {
    const settlement = settled(leave, { kind: 'missing', failure }, userLink());
    expect(settlement).toMatchObject({
      next: { do: 'done' },
      left: 'dropped',
      link: { remoteId: null, state: 'absent', error: null },
      event: { outcome: 'done', deactivation: true },
    });
  });
});

test('R16: an account that is gone is matched and created again', () => {
  expect(settled(update, { kind: 'missing', failure }, userLink())).toMatchObject({
    next: { do: 'again' },
    left: 'dropped',
    link: { remoteId: null, state: 'absent', accepted: {}, key: null, inFlight: null },
    event: { outcome: 'again' },
  });
});

describe('R42, R44: what failed', () => {
  const later = (uncertain: boolean): UserOutcome => ({ kind: 'later', failure, delayMs: 300, uncertain });
  const lost = userLink({ remoteId: null, state: 'absent', accepted: {}, inFlight: 'old@acme.test' });

  test.each<[string, UserStep, UserOutcome, UserLink | null, string | null]>([
    ['a create that may have been done', create, later(true), null, 'ada@acme.test'],
    ['a create that was not', create, later(false), null, null],
    ['a question after a lost create', create, later(false), lost, 'old@acme.test'],
    ['an update that may have been done', update, later(true), userLink(), 'updateUser'],
    ['a leaver who may have left', leave, later(true), userLink(), 'deactivateUser'],
    ['an update that was not done', update, later(false), userLink(), null],
    [
      'a refusal leaves open what was open',
      leave,
      { kind: 'refused', failure },
      userLink({ inFlight: 'updateUser' }),
      'updateUser',
    ],
    ['a refused create', create, { kind: 'refused', failure }, null, null],
  ])('%s', (_, step, outcome, link, inFlight) => {
    const written = linkIn(settled(step, outcome, link));
    expect(written.inFlight).toBe(inFlight);
    expect(written.error).toMatchObject({ code: 'refused', said: 'no', retrying: outcome.kind === 'later' });
  });

  describe('a create beside an account that was left before', () => {
    const left = userLink({ state: 'inactive', moving: true, remoteId: 'r-old' });

    test('gives the old account up where it may have been done, so that the target is asked first', () => {
      expect(settled(create, later(true), left)).toMatchObject({
        left: 'dropped',
        link: {
          remoteId: null,
          state: 'absent',
          accepted: {},
          notAccepted: {},
          endsMoving: true,
          inFlight: 'ada@acme.test',
          key: 'ada@acme.test',
        },
      });
    });

    test('keeps it where it was not done', () => {
      const settlement = settled(create, later(false), left);
      expect(linkIn(settlement)).toMatchObject({ remoteId: 'r-old', endsMoving: false, inFlight: null });
      expect(settlement.left).toBeUndefined();
    });
  });

  test('R15: who is to move is not asked again what was decided, while the old account is still there', () => {
    const notAccepted = { userName: { sent: 'ada@acme.test', kept: 'old@acme.test' } };
    const moving = userLink({ moving: true, notAccepted });
    const leaving: UserStep = { ...leave, reason: 'moving' };
    expect(linkIn(settled(leaving, later(false), moving)).attention).toBeNull();
    expect(linkIn(settled(leaving, { kind: 'refused', failure }, moving)).attention).toBeNull();
  });

  test('R17: a create that may have been done claims its userName', () => {
    expect(linkIn(settled(create, later(true), null)).key).toBe('ada@acme.test');
  });

  test('is tried again after the wait; a refusal is final until something changes', () => {
    expect(settled(update, later(false), userLink()).next).toEqual({ do: 'later', delayMs: 300 });
    expect(settled(update, { kind: 'refused', failure }, userLink()).next).toEqual({ do: 'done' });
  });

  test.each<[UserStep, string]>([
    [create, 'ada@acme.test'],
    [update, 'updateUser'],
    [leave, 'deactivateUser'],
  ])('in flight is the name of a create, or the kind of the step: %#', (step, expected) =>
    expect(userSentAs(step)).toBe(expected),
  );
});

describe('refused before anything is sent', () => {
  const refuse = (code: string): RefuseUser => ({
    kind: 'refuseUser',
    subject,
    refusal: { code, message: 'Ada cannot be sent.', field: 'userName' },
  });

  test('R49: is recorded on the link, with the field', () => {
    const settlement = settleRefusal(refuse('email-missing'), attempt(null), 300);
    expect(settlement).toMatchObject({
      next: { do: 'done' },
      link: {
        remoteId: null,
        state: 'absent',
        error: { code: 'email-missing', field: 'userName', retrying: false },
      },
      event: { outcome: 'refused', sentence: 'Ada cannot be sent.' },
    });
  });

  test('R42: keeps what may have been created', () => {
    const link = userLink({ remoteId: null, state: 'absent', accepted: {}, inFlight: 'ada@acme.test' });
    expect(linkIn(settleRefusal(refuse('email-missing'), attempt(link), 300)).inFlight).toBe('ada@acme.test');
  });

  test('R17: a shared account is looked at again, and logged once', () => {
    const first = settleRefusal(refuse('account-shared'), attempt(null), 300);
    expect(first).toMatchObject({ next: { do: 'later', delayMs: 300 }, event: { outcome: 'refused' } });
    const second = settleRefusal(refuse('account-shared'), attempt(null, { attempts: 1 }), 300);
    expect(second.event).toBeUndefined();
  });
});

test('R48: the log line says what, whose, how often and for how long', () => {
  const { event } = settled(update, { kind: 'updated', shown: undefined, sent: married }, userLink(), {
    attempts: 2,
  });
  expect(event).toMatchObject({
    subject,
    operation: 'updateUser',
    outcome: 'done',
    attempt: 3,
    durationMs: 5,
    changes: update.changes,
    sentence: `Updated ${ADA}: change the display name from "Ada Lovelace" to "Ada King"`,
  });
});
