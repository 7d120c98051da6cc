import { expect, it } from 'vitest';
import { closing, countSteps, planText } from './plan-text.ts';

const steps = (kind: string, number: number) =>
  Array.from({ length: number }, (_, at) => ({ kind, sentence: `${kind} ${at}` }));

const plan = {
  checksum: 'c',
  summary: { createGroup: 1, createUser: 3 },
  steps: [...steps('createUser', 3), ...steps('createGroup', 1)],
  truncated: false,
  note: null,
  heldOnActivation: null,
};

it('shows some of each kind: a large one hides no other', () => {
  expect(planText(plan, 2).split('\n')).toEqual([
    'Accounts to create or link: 3',
    '  - createUser 0',
    '  - createUser 1',
    '  … and 1 more (--limit shows more)',
    '',
    'Groups to create or take over: 1',
    '  - createGroup 0',
  ]);
});

it('says of no more than can be shown that --limit shows them', () => {
  const many = { ...plan, summary: { createUser: 10_002 }, steps: steps('createUser', 10_000) };
  expect(planText(many, 10_000)).toMatch(/createUser 9999\n {2}… and 2 more$/);
});

it('says first that it may change', () => {
  const note = 'This plan may change.';
  expect(planText({ ...plan, note }, 2)).toBe(`${note}\n\n${planText(plan, 2)}`);
  expect(planText({ ...plan, summary: {}, steps: [], note }, 2)).toBe(note);
});

it('counts what would be sent, and not what cannot be', () => {
  const summary = { createUser: 3, refuseUser: 2, refuseGroup: 1 };
  expect(countSteps({ summary })).toBe(3);
});

it.each<[held: number, summary: Record<string, number>, lines: string[]]>([
  [0, { deactivateUser: 2 }, ['2 steps. Nothing was sent.', 'To send them: rollcall apply "S"']],
  [
    2,
    { deactivateUser: 2, createUser: 1 },
    [
      '3 steps. Nothing was sent.',
      'Held until an administrator approves: 2 deactivations.',
      'To send the others: rollcall apply "S"',
    ],
  ],
  [
    3,
    { deactivateUser: 2, createUser: 1 },
    [
      '3 steps. Nothing was sent.',
      'Held until an administrator approves: 2 deactivations.',
      'To send the others: rollcall apply "S"',
    ],
  ],
  [1, { createUser: 1 }, ['1 step. Nothing was sent.', 'To send them: rollcall apply "S"']],
  [
    2,
    { deactivateUser: 2, refuseUser: 1 },
    ['2 steps. Nothing was sent.', 'Held until an administrator approves: 2 deactivations.'],
  ],
])('R46: says that %d leavers are held, and offers to send only what is not: %j', (held, summary, lines) => {
  expect(closing({ summary, heldOnActivation: null }, held, 'rollcall apply "S"')).toEqual(lines);
});

it('R46: says why nothing is sent in place of the command, and that leavers would be held then', () => {
  const plan = { summary: { deactivateUser: 2 }, heldOnActivation: '2 of 3 users would be deactivated.' };
  expect(closing(plan, 0, 'rollcall apply "S"', 'The connection is inactive.')).toEqual([
    '2 steps. Nothing was sent.',
    'Once the connection is activated, the deactivations are held. 2 of 3 users would be deactivated.',
    'The connection is inactive.',
  ]);
});
