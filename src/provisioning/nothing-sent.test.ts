import { describe, expect, test } from 'vitest';
import { groupFacts, groupLink, userFacts, userLink } from '../../test/support/facts.ts';
import { asideName } from './group-name.ts';
import { settleGroupNothing, settleLeftAlone, settleUserNothing, settleWaiting } from './nothing-sent.ts';
import type { GroupLink, UserFacts } from './facts.ts';

describe('a user for whom nothing is sent', () => {
  const notAssigned = { bound: false };

  test.each<[string, Partial<UserFacts>, object | 'forget' | undefined]>([
    ['no link', {}, undefined],
    ['in line', { link: userLink() }, undefined],
    ['an error that no longer holds', { link: userLink({ troubled: true }) }, { error: null }],
    ['a link to nothing', { ...notAssigned, link: userLink({ remoteId: null, state: 'absent' }) }, 'forget'],
    ['R46: kept, and back', { link: userLink({ kept: true }) }, { endsKept: true }],
    ['R46: kept, and gone', { ...notAssigned, link: userLink({ kept: true }) }, undefined],
    ['R34: imported, never assigned', { ...notAssigned, link: userLink({ managed: false }) }, undefined],
    [
      'R34: imported, never assigned, with an old error',
      { ...notAssigned, link: userLink({ managed: false, troubled: true }) },
      { error: null },
    ],
  ])('%s', (_, facts, expected) => {
    const settlement = settleUserNothing(userFacts(facts), '7');
    expect(settlement.next).toEqual({ do: 'done' });
    if (typeof expected === 'object') expect(settlement.link).toMatchObject(expected);
    else expect(settlement.link).toBe(expected);
  });
});

describe('a group for which nothing is sent', () => {
  const marks = ['u-ada', 'u-bob', 'u-eve'].map((userId) => ({ userId, generation: '1' }));

  test.each<[string, GroupLink | null, object | undefined]>([
    ['no link', null, undefined],
    ['in line', groupLink(), undefined],
    ['an error that no longer holds', groupLink({ troubled: true }), { error: null }],
    ['R42: what was open and is in line', groupLink({ inFlight: 'changeMembers' }), { inFlight: null }],
    [
      'R42: a create in flight stays so',
      groupLink({ remoteId: null, inFlight: 'Eng', troubled: true }),
      undefined,
    ],
  ])('%s', (_, link, expected) => {
    const settlement = settleGroupNothing(groupFacts({ link }), '7', { marks, listed: null, more: false });
    expect(settlement).toMatchObject({ next: { do: 'done' }, members: { answered: marks } });
    if (expected === undefined) expect(settlement.link).toBeUndefined();
    else expect(settlement.link).toMatchObject(expected);
  });

  test('R7: a group that is left alone keeps everything that is open about it', () => {
    expect(settleLeftAlone(groupFacts({ link: groupLink({ inFlight: 'changeMembers' }) }), '7')).toEqual({
      kind: 'group',
      subjectId: 'g-0000eng1',
      generation: '7',
      next: { do: 'done' },
    });
  });

  test('R23: a group that waits for its name says for whose', () => {
    const nameHeldBy = { id: 'g-other', name: 'Other', waitsForThis: false, refused: null };
    const facts = groupFacts({ link: groupLink(), nameHeldBy });
    const settlement = settleWaiting(facts, '7', 50, { now: ['u-ada'], rest: ['u-bob'] });
    expect(settlement).toMatchObject({
      next: { do: 'later', delayMs: 50 },
      link: { error: { code: 'name-held', retrying: true } },
      listDone: true,
      members: { marked: ['u-ada', 'u-bob'] },
    });
    expect(JSON.stringify(settlement)).toContain('Other');
  });

  test.each([
    ['Eng', /Other.*was refused its new name there\. Correct the error .* another name\.$/],
    [asideName('g-0000eng1', 'Eng'), / Until then the group is called "Eng \(renaming 0000eng1\)" there\.$/],
  ])('R23, R44: %s, which waits for one that was refused, is refused, and says why', (displayName, says) => {
    const nameHeldBy = { id: 'g-other', name: 'Other', waitsForThis: false, refused: { wants: 'Else' } };
    const facts = groupFacts({ link: groupLink({ displayName }), nameHeldBy });
    expect(settleWaiting(facts, '7', 50, null)).toMatchObject({
      next: { do: 'later' },
      link: { error: { retrying: false, message: expect.stringMatching(says) as string } },
    });
  });

  test('R42: a group of which there is more goes on, and what may have become of others stays open', () => {
    const looked = { marks: [], listed: { now: ['u-ada'], rest: [] }, more: true };
    const facts = groupFacts({ link: groupLink({ inFlight: 'changeMembers' }) });
    const settlement = settleGroupNothing(facts, '7', looked);
    expect(settlement).toMatchObject({ next: { do: 'continue' }, listDone: true });
    expect(settlement.link).toBeUndefined();
  });
});
