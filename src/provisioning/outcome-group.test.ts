import { describe, expect, test } from 'vitest';
import { groupFacts, groupLink, member } from '../../test/support/facts.ts';
import { asideName } from './group-name.ts';
import type { MembersChanged } from './members-changed.ts';
import { groupSentAs, settleGroup, type GroupAttempt, type GroupOutcome } from './outcome-group.ts';
import type { GroupLink } from './facts.ts';
import type { GroupStep, Subject } from './steps.ts';

const subject: Subject = { kind: 'group', id: 'g-0000eng1', name: 'Eng' };
const create: GroupStep = { kind: 'createGroup', subject, displayName: 'Eng' };
const again: GroupStep = { kind: 'takeOverGroup', subject, remoteId: 'r-eng', displayName: 'Eng' };
const sought: GroupStep = { ...again, remoteId: null };
const find: GroupStep = { kind: 'findGroup', subject, displayName: 'Old' };
const rename: GroupStep = {
  kind: 'renameGroup',
  subject,
  remoteId: 'r-eng',
  before: 'Eng',
  after: 'Engineering',
  interim: false,
};
const change: GroupStep = {
  kind: 'changeMembers',
  subject,
  remoteId: 'r-eng',
  add: [member('ada'), member('bob')],
  remove: [member('eve')],
};
const remove: GroupStep = { kind: 'deleteGroup', subject, remoteId: 'r-eng' };
const failure = { code: 'refused', message: 'The application refused it.' };
const marks = ['u-ada', 'u-bob', 'u-eve'].map((userId) => ({ userId, generation: '1' }));

function settled(
  step: GroupStep,
  outcome: GroupOutcome,
  link: GroupLink | null,
  changed: Partial<GroupAttempt> = {},
) {
  return settleGroup(step, outcome, {
    facts: groupFacts({ link }),
    generation: '7',
    attempts: 0,
    cause: null,
    exchanges: [],
    durationMs: 5,
    marks,
    listed: null,
    last: true,
    ...changed,
  });
}

const members = (changed: Partial<MembersChanged> = {}, interrupted?: GroupOutcome): GroupOutcome => ({
  kind: 'members',
  changed: { added: [], removed: [], refused: [], stuck: [], ...changed },
  ...(interrupted && { interrupted }),
});
const refused = (userId: string, name: string) => ({ userId, name, failure });

describe('a group that was created or taken over', () => {
  const linked = (how: 'created' | 'found', strangers = 0): GroupOutcome => ({
    kind: 'linked',
    how,
    remoteId: 'r-new',
    displayName: 'ENG',
    members: ['u-ada'],
    strangers,
  });

  test('R20, R21: is linked, its members are known, and the whole of them is compared next', () => {
    expect(settled(create, linked('found'), null)).toMatchObject({
      next: { do: 'continue' },
      whole: true,
      link: {
        remoteId: 'r-new',
        state: 'active',
        accepted: { displayName: 'ENG' },
        key: 'eng',
        inFlight: null,
      },
      members: { fresh: true, added: ['u-ada'] },
    });
  });

  test.each<[GroupOutcome, string]>([
    [linked('created'), 'Created the group "Eng"'],
    [linked('found'), 'Took over the group "Eng"'],
    [
      linked('found', 1),
      'Took over the group "Eng"; 1 member that the directory does not know was taken out',
    ],
    [
      linked('found', 2),
      'Took over the group "Eng"; 2 members that the directory does not know were taken out',
    ],
  ])('is logged: %#', (outcome, sentence) =>
    expect(settled(create, outcome, null).event?.sentence).toBe(sentence),
  );

  test('R24: is called what it was called when it was left', () =>
    expect(settled(again, linked('found'), groupLink({ takeOver: true })).event?.sentence).toBe(
      'Took over the group "Eng" again',
    ));

  test('R16, R24: one that was left and is gone is looked for by its name, also where it is empty', () =>
    expect(settled(again, { kind: 'missing', failure }, groupLink({ takeOver: true }))).toMatchObject({
      next: { do: 'again' },
      whole: true,
      link: { remoteId: null, state: 'absent' },
      members: { fresh: true },
    }));

  test('R20: an empty one that is not there leaves nothing behind', () => {
    const { link, next, event } = settled(sought, { kind: 'absent' }, null);
    expect({ link, next, sentence: event?.sentence }).toEqual({
      link: 'forget',
      next: { do: 'done' },
      sentence: 'No group "Eng" is there to take over',
    });
  });

  test('R42: one that had not been created is forgotten and looked at again', () => {
    const link = groupLink({ remoteId: null, state: 'absent', inFlight: 'Old' });
    expect(settled(find, { kind: 'absent' }, link)).toMatchObject({ link: 'forget', next: { do: 'again' } });
  });
});

describe('R23: a rename', () => {
  test.each<[string, string | undefined, object]>([
    [
      'answered with nothing',
      undefined,
      { accepted: { displayName: 'Engineering' }, key: 'engineering', notAccepted: {} },
    ],
    ['shown', 'Engineering', { accepted: { displayName: 'Engineering' }, notAccepted: {} }],
    [
      'R15: kept',
      'Eng',
      {
        accepted: { displayName: 'Eng' },
        notAccepted: { displayName: { sent: 'Engineering', kept: 'Eng' } },
      },
    ],
  ])('%s', (_, displayName, link) =>
    expect(settled(rename, { kind: 'renamed', displayName }, groupLink())).toMatchObject({
      next: { do: 'continue' },
      link,
    }),
  );
});

describe('R22, R26: members', () => {
  test('what was accepted is written, and every mark of the request is answered', () => {
    const settlement = settled(
      change,
      members({ added: ['u-ada', 'u-bob'], removed: ['u-eve'] }),
      groupLink(),
    );
    expect(settlement).toMatchObject({
      next: { do: 'done' },
      members: { added: ['u-ada', 'u-bob'], removed: ['u-eve'], refused: [], answered: marks },
      event: { outcome: 'done' },
    });
  });

  test('who has no account yet is not sent, and not counted in the sentence', () => {
    const step: GroupStep = { ...change, add: [member('ada'), { ...member('bob'), remoteId: null }] };
    const { event } = settled(step, members({ added: ['u-ada'], removed: ['u-eve'] }), groupLink());
    expect(event?.sentence).toBe('In the group "Eng": add 1 member, remove 1 member');
  });

  test('goes on where there is more', () => {
    expect(settled(change, members(), groupLink(), { last: false }).next).toEqual({ do: 'continue' });
  });

  test('a refused member is recorded, and the others are in', () => {
    const outcome = members({ added: ['u-ada'], refused: [refused('u-bob', 'Bob')] });
    const settlement = settled(change, outcome, groupLink());
    expect(settlement).toMatchObject({
      members: {
        added: ['u-ada'],
        refused: [{ userId: 'u-bob', error: { code: 'refused', retrying: false } }],
      },
      event: { outcome: 'refused' },
      link: { error: null },
    });
    expect(settlement.event?.sentence).toContain('Bob');
  });

  test('R16: whose account is not to be seen is written down as doubted', () => {
    const missed = { ...refused('u-bob', 'Bob'), doubted: 'r-bob' };
    expect(settled(change, members({ refused: [missed] }), groupLink())).toMatchObject({
      members: { refused: [{ userId: 'u-bob', doubted: 'r-bob' }] },
    });
  });

  test('somebody who could not be removed is in still, and the group says so', () => {
    const settlement = settled(change, members({ stuck: [refused('u-eve', 'Eve')] }), groupLink());
    expect(settlement.members).toMatchObject({ removed: [], refused: [] });
    expect(settlement).toMatchObject({
      link: { error: { code: 'removal-refused' } },
      event: { outcome: 'refused' },
    });
  });

  test('where a request was interrupted, only what was settled is answered', () => {
    const later: GroupOutcome = { kind: 'later', failure, delayMs: 300, uncertain: true };
    expect(settled(change, members({ added: ['u-ada'] }, later), groupLink())).toMatchObject({
      next: { do: 'later', delayMs: 300 },
      members: { added: ['u-ada'], answered: [{ userId: 'u-ada', generation: '1' }] },
      link: { inFlight: 'changeMembers', error: { retrying: true } },
    });
  });

  test('R42: what may have become of others stays open until the last request', () => {
    const link = groupLink({ inFlight: 'changeMembers' });
    expect(settled(change, members(), link, { last: false })).toMatchObject({
      link: { inFlight: 'changeMembers' },
    });
    expect(settled(change, members(), link)).toMatchObject({ link: { inFlight: null } });
  });
});

describe('R42, R44: what failed', () => {
  const later = (uncertain: boolean): GroupOutcome => ({ kind: 'later', failure, delayMs: 300, uncertain });
  const lost = groupLink({ remoteId: null, state: 'absent', displayName: null, inFlight: 'Eng' });

  test.each<[string, GroupStep, GroupOutcome, GroupLink | null, string | null]>([
    ['a create that may have been done', create, later(true), null, 'Eng'],
    ['R21: a look-up that got no answer', create, later(false), null, null],
    ['a look-up after a lost create', create, later(false), lost, 'Eng'],
    ['a rename that may have been done', rename, later(true), groupLink(), 'renameGroup'],
    ['a rename that was not', rename, later(false), groupLink(), null],
    [
      'a refusal leaves open what was open',
      rename,
      { kind: 'refused', failure },
      groupLink({ inFlight: 'changeMembers' }),
      'changeMembers',
    ],
  ])('%s', (_, step, outcome, link, inFlight) =>
    expect(settled(step, outcome, link)).toMatchObject({ link: { inFlight, error: { code: 'refused' } } }),
  );

  test('R16: a group that is gone is matched and created again, and what it held counts no more', () => {
    expect(settled(change, { kind: 'missing', failure }, groupLink())).toMatchObject({
      next: { do: 'again' },
      link: { remoteId: null, state: 'absent', accepted: {}, key: null },
      members: { fresh: true, added: [] },
    });
  });

  test('R25: a deleted group is forgotten', () => {
    expect(settled(remove, { kind: 'deleted' }, groupLink())).toMatchObject({
      link: 'forget',
      next: { do: 'done' },
    });
  });

  test('what the target was seen to call a group that it does not rename is known', () => {
    const link = groupLink({ inFlight: 'renameGroup' });
    const outcome: GroupOutcome = { kind: 'refused', failure, displayName: 'Sales' };
    expect(settled(rename, outcome, link).link).toMatchObject({
      accepted: { displayName: 'Sales' },
      key: 'sales',
      inFlight: null,
      error: { ...failure, retrying: false },
    });
  });

  test.each<[GroupStep, string | null]>([
    [create, 'Eng'],
    [rename, 'renameGroup'],
    [change, 'changeMembers'],
    [again, 'takeOverGroup'],
    [sought, null],
  ])('in flight is the name of a create, the kind of the step, or nothing: %#', (step, expected) =>
    expect(groupSentAs(step)).toBe(expected),
  );
});

describe('a whole membership', () => {
  const later: GroupOutcome = { kind: 'later', failure, delayMs: 300, uncertain: true };
  const now = ['u-ada', 'u-bob', 'u-eve'];
  const half = members({ added: ['u-ada'], stuck: [refused('u-eve', 'Eve')] }, later);

  test.each<[string, GroupStep, GroupOutcome, string[], true | undefined, string[] | undefined]>([
    ['everybody was answered', change, members({ added: ['u-ada'] }), [], true, undefined],
    ['others come after them', change, members({ added: ['u-ada'] }), ['u-kay'], undefined, undefined],
    ['half of them were answered', change, half, ['u-kay'], true, ['u-bob', 'u-eve', 'u-kay']],
    ['R42: no answer came', change, later, ['u-kay'], true, [...now, 'u-kay']],
    ['R16: the group is gone', change, { kind: 'missing', failure }, [], true, now],
    ['another step came first', rename, later, [], undefined, undefined],
    ['R22: another step came first, and was refused', rename, { kind: 'refused', failure }, [], true, now],
  ])('%s', (_, step, outcome, rest, end, marked) => {
    const settlement = settled(step, outcome, groupLink(), { marks: [], listed: { now, rest } });
    expect(settlement.listDone).toBe(end);
    expect(settlement.members?.marked).toEqual(marked);
  });

  test('marks of their own leave it as it is', () => {
    expect(settled(change, members({ added: ['u-ada'] }), groupLink()).listDone).toBeUndefined();
  });
});

describe('a rename', () => {
  test('R44: a name that is refused after all says what the group is called until then', () => {
    const link = groupLink({ displayName: asideName('g-0000eng1', 'Eng') });
    expect(settled(rename, { kind: 'refused', failure }, link).link).toMatchObject({
      error: {
        retrying: false,
        message: expect.stringMatching(/ Until then the group is called "Eng \(/) as string,
      },
    });
  });

  test.each([true, false])('R26: compares the group where something was wrong with it: %s', (troubled) => {
    const outcome: GroupOutcome = { kind: 'renamed', displayName: 'Engineering' };
    expect(settled(rename, outcome, groupLink({ troubled })).whole).toBe(troubled);
  });

  test('R42: that is refused was not done before either', () => {
    const outcome: GroupOutcome = { kind: 'refused', failure: { code: 'name-taken', message: 'Taken.' } };
    const { link } = settled(rename, outcome, groupLink({ inFlight: 'renameGroup' }));
    expect(link).toMatchObject({ inFlight: null, error: { code: 'name-taken' } });
  });
});
