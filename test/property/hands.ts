/**
 * What administrators of a connection do, and what happens in the target behind Rollcall's back, as data like the changes of the
 * directory (`actions.ts`), between which it is played.
 */
import fc from 'fast-check';
import { play, type Action as DirectoryAction } from './actions.ts';
import type { Choices } from './acts.ts';
import { ADMINISTRATORS } from './administrators.ts';
import type { Stage } from './stage.ts';
import { TARGET_PEOPLE } from './target-people.ts';

const HANDS = { ...ADMINISTRATORS, ...TARGET_PEOPLE };

type HandName = keyof typeof HANDS;

const isHand = (name: string): name is HandName => Object.hasOwn(HANDS, name);

export interface Action extends Choices {
  readonly name: HandName | DirectoryAction['name'];
}

/** How often each comes, against the others; of the directory's, those that a model without links can follow at once. */
const WEIGHTS: Partial<Record<Action['name'], number>> = {
  settle: 8,
  import: 6,
  hireKnown: 4,
  stranger: 3,
  takeOut: 3,
  letIn: 4,
  renameAccount: 3,
  changeGroup: 3,
  inventory: 5,
  setDrift: 2,
  setLeaving: 2,
  setMapping: 1,
  setThreshold: 2,
  approve: 2,
  reject: 3,
  keepLeavers: 3,
  choose: 5,
  renewToken: 3,
  move: 2,
  revoke: 1,
  loseRoute: 3,
  resume: 2,
  hire: 5,
  hireAgain: 3,
  dismiss: 5,
  suspend: 5,
  bringBack: 5,
  rename: 1,
  moveMailbox: 4,
  found: 2,
  renameGroup: 1,
  dissolve: 1,
  join: 6,
  leave: 6,
  bind: 2,
  unbind: 2,
  toggleGroups: 1,
  toggleConnection: 2,
  loseAnswers: 2,
  fail: 1,
  refuse: 2,
  slow: 2,
  recover: 3,
  restart: 1,
  kill: 2,
  wait: 5,
};

const choice = fc.nat({ max: 1000 });

const nameOf = fc.oneof(
  ...Object.entries(WEIGHTS).map(([name, weight]) => ({
    weight,
    arbitrary: fc.constant(name as Action['name']),
  })),
);

export const anyHands = fc.array(fc.record<Action>({ name: nameOf, a: choice, b: choice, c: choice }), {
  minLength: 15,
  maxLength: 40,
});

/** Plays one action on the world and on the models. */
export async function playHand(stage: Stage, action: Action): Promise<void> {
  const { name, ...choices } = action;
  if (isHand(name)) await HANDS[name](stage, choices);
  else await play(stage.world, stage.model, stage.names, { name, ...choices });
  stage.accounts.follow(stage.model);
}
