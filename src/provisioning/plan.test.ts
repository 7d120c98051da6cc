import { describe, expect, test } from 'vitest';
import { member } from '../../test/support/facts.ts';
import { explain, explainDone, explainKept } from './explain.ts';
import { PlanBuilder, type Plan, type PlanView } from './plan.ts';
import type { Step, Subject } from './steps.ts';

const subject: Subject = { kind: 'user', id: 'u-ada', name: 'Ada' };
const group: Subject = { kind: 'group', id: 'g-eng', name: 'Eng' };
const values = { userName: 'ada@acme.test' };

const steps: Record<string, Step> = {
  create: { kind: 'createUser', subject, values, lookFirst: false },
  find: { kind: 'findUser', subject, userName: 'ada@acme.test' },
  update: {
    kind: 'updateUser',
    subject,
    remoteId: 'r',
    values,
    changes: [
      { path: 'displayName', before: 'A', after: 'Ada' },
      { path: 'title', before: 'Ms' },
      { path: 'urn:x:cost', after: 7 },
    ],
  },
  back: { kind: 'reactivateUser', subject, remoteId: 'r', values, changes: [] },
  leave: { kind: 'deactivateUser', subject, remoteId: 'r', values, reason: 'suspended' },
  remove: { kind: 'deleteUser', subject, remoteId: 'r', values, reason: 'deleted' },
  refuse: {
    kind: 'refuseUser',
    subject,
    refusal: { code: 'email-missing', message: 'Ada has no email address.' },
  },
  createGroup: { kind: 'createGroup', subject: group, displayName: 'Eng' },
  again: { kind: 'takeOverGroup', subject: group, remoteId: 'r', displayName: 'Eng' },
  sought: { kind: 'takeOverGroup', subject: group, remoteId: null, displayName: 'Eng' },
  findGroup: { kind: 'findGroup', subject: group, displayName: 'Eng' },
  rename: {
    kind: 'renameGroup',
    subject: group,
    remoteId: 'r',
    before: 'Eng',
    after: 'Engineering',
    interim: false,
  },
  aside: { kind: 'renameGroup', subject: group, remoteId: 'r', before: 'Eng', after: 'X', interim: true },
  members: {
    kind: 'changeMembers',
    subject: group,
    remoteId: 'r',
    add: [member('a'), member('b')],
    remove: [member('c')],
  },
  deleteGroup: { kind: 'deleteGroup', subject: group, remoteId: 'r' },
};

const stepOf = (name: string): Step => {
  const step = steps[name];
  if (step === undefined) throw new Error(name);
  return step;
};

describe('a step in a sentence', () => {
  test.each<[string, string]>([
    ['create', 'Create the account "ada@acme.test" for Ada, or link the one that is already there'],
    ['find', 'Look for an account that may have been created for Ada'],
    [
      'update',
      'Update Ada: change the display name from "A" to "Ada"; remove the title "Ms"; set the urn:x:cost to "7"',
    ],
    ['back', 'Make Ada active again'],
    ['leave', 'Deactivate Ada (suspended)'],
    ['remove', 'Delete the account of Ada (deleted from the directory)'],
    ['refuse', 'Ada has no email address'],
    ['createGroup', 'Create the group "Eng", or take over the one that is already there'],
    ['again', 'Take over the group "Eng" again'],
    ['sought', 'Take over the group "Eng" if there is one already; an empty group is not created'],
    ['findGroup', 'Look for a group that may have been created as "Eng"'],
    ['rename', 'Rename the group "Eng" to "Engineering"'],
    ['aside', 'Rename the group "Eng" to "X" for the time being, because another group still has its name'],
    ['members', 'In the group "Eng": add 2 members, remove 1 member'],
    ['deleteGroup', 'Delete the group "Eng"'],
  ])('%s', (name, expected) => expect(explain(stepOf(name))).toBe(expected));

  test.each<[string, 'created' | 'found' | 'done', string]>([
    ['create', 'created', 'Created the account "ada@acme.test" for Ada'],
    ['create', 'found', 'Linked Ada to the account "ada@acme.test", which was already there'],
    ['find', 'done', 'No account "ada@acme.test" had been created for Ada'],
    ['createGroup', 'found', 'Took over the group "Eng"'],
    ['again', 'found', 'Took over the group "Eng" again'],
    ['sought', 'found', 'Took over the group "Eng"'],
    ['sought', 'done', 'No group "Eng" is there to take over'],
    ['leave', 'done', 'Deactivated Ada (suspended)'],
    ['rename', 'done', 'Renamed the group "Eng" to "Engineering"'],
  ])('%s, %s', (name, how, expected) => expect(explainDone(stepOf(name), how)).toBe(expected));

  test.each(Object.entries(steps))('%s has no full stop, before and after', (_, step) => {
    expect(explain(step)).not.toMatch(/\.$/);
    expect(explainDone(step, 'done')).not.toMatch(/\.$/);
  });

  test('what was kept', () =>
    expect(explainKept('userName', 'ada@old.test')).toBe(
      'the application kept its own user name "ada@old.test"',
    ));
});

describe('R47: a plan', () => {
  const planOf = (given: readonly Step[], view: Partial<PlanView> = {}): Plan => {
    const builder = new PlanBuilder({ limit: 100, ...view });
    for (const step of given) builder.add(step);
    return builder.build();
  };
  const { create, leave } = { create: stepOf('create'), leave: stepOf('leave') };

  test('counts its steps and says each in a sentence', () => {
    const plan = planOf([create, leave, leave]);
    expect(plan.summary).toEqual({ createUser: 1, deactivateUser: 2 });
    expect(plan.steps[0]).toEqual({ ...leave, sentence: 'Deactivate Ada (suspended)' });
    expect(plan.truncated).toBe(false);
  });

  test('is plain JSON', () => {
    const plan = planOf(Object.values(steps));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  test('keeps as many steps as asked for; the summary and the checksum cover all', () => {
    const plan = planOf([create, leave, leave], { limit: 1 });
    expect(plan.steps).toHaveLength(1);
    expect(plan.truncated).toBe(true);
    expect(plan.summary).toEqual({ createUser: 1, deactivateUser: 2 });
    expect(plan.checksum).toBe(planOf([create, leave, leave]).checksum);
  });

  test('R45: shows those who lose their account first, also where it shows only the first', () => {
    const losing = [leave, stepOf('remove')];
    const kinds = ({ steps: shown }: Plan) => shown.map(({ kind }) => kind);
    expect(kinds(planOf([create, ...losing, create]))).toEqual([
      'deactivateUser',
      'deleteUser',
      'createUser',
      'createUser',
    ]);
    expect(kinds(planOf([create, create, ...losing], { limit: 2 }))).toEqual([
      'deactivateUser',
      'deleteUser',
    ]);
  });

  test.each<[string, Partial<PlanView>, string[]]>([
    ['a kind', { kind: 'findGroup' }, ['findGroup']],
    ['part of what a record is called, in any case', { search: 'ENG', kind: 'deleteGroup' }, ['deleteGroup']],
    ['part of a sentence', { search: 'suspended' }, ['deactivateUser']],
    ['what is nowhere', { search: 'zebra' }, []],
  ])('shows %s, and still counts all', (_, view, kinds) => {
    const plan = planOf(Object.values(steps), view);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(kinds);
    expect(plan).toMatchObject({ matching: kinds.length, truncated: false });
    const { checksum, summary } = planOf(Object.values(steps));
    expect(plan).toMatchObject({ checksum, summary });
  });

  test.each<[string, readonly Step[], readonly Step[], boolean]>([
    ['the same steps', [create, leave], [create, leave], true],
    ['another order', [create, leave], [leave, create], false],
    ['one more', [create], [create, leave], false],
    ['another value', [create], [{ ...create, values: { userName: 'x@acme.test' } } as Step], false],
    ['nothing', [], [], true],
  ])('has one checksum for what it would send: %s', (_, one, other, same) =>
    expect(planOf(one).checksum === planOf(other).checksum).toBe(same),
  );

  test('can be built again while it grows', () => {
    const builder = new PlanBuilder({ limit: 10 });
    const empty = builder.build().checksum;
    builder.add(create);
    expect(builder.build().checksum).not.toBe(empty);
    expect(builder.build().checksum).toBe(planOf([create]).checksum);
  });
});
