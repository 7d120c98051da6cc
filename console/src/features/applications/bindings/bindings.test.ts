import { describe, expect, it } from 'vitest';
import { consequencesInWords } from './consequence-words';
import { toggled } from './ticks';

const none = {
  connection: 'active' as const,
  users: { create: 0, refused: 0, reactivate: 0, manage: 0, deactivate: 0 },
  groups: { create: 0, takeOver: 0, stop: 0 },
  held: false,
  reason: null,
};

const NOTHING = 'Nobody gets or loses an account, and no group changes.';

describe('what binding would do, in words', () => {
  it.each([
    ['nothing', none, [NOTHING]],
    [
      'those who lose an account first',
      { ...none, users: { ...none.users, create: 2, deactivate: 1 } },
      [
        '1 person would lose the account in Segment.',
        '2 people would get an account, or be linked to the one that is there already.',
      ],
    ],
    [
      'who cannot be sent, apart',
      { ...none, users: { ...none.users, create: 1, refused: 2 } },
      [
        '1 person would get an account, or be linked to the one that is there already.',
        '2 people cannot be sent: the mapping does not work out for them. Once this is saved, the plan says why.',
      ],
    ],
    ['of too many, nothing', { ...none, users: { ...none.users, refused: null } }, [NOTHING]],
  ])('%s', (_what, consequences, words) => {
    expect(consequencesInWords(consequences, 'Segment')).toEqual(words);
  });
});

describe('ticks', () => {
  it('are a change only while they differ from what is bound', () => {
    const once = toggled(new Map(), { id: 'a', bound: true });
    expect([...once]).toEqual([['a', false]]);
    expect([...toggled(once, { id: 'a', bound: true })]).toEqual([]);
  });
});
