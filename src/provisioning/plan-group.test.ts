import { describe, expect, test } from 'vitest';
import { groupFacts, groupLink, member } from '../../test/support/facts.ts';
import { asideName, waitsForName } from './group-name.ts';
import { planGroup } from './plan-group.ts';
import type { GroupFacts, GroupLink, NameHolder } from './facts.ts';
import type { GroupStep } from './steps.ts';

const kinds = (facts: GroupFacts, groupManagement = true): string[] =>
  planGroup(facts, { groupManagement }).map((step) => step.kind);

const absent = groupLink({ remoteId: null, state: 'absent', displayName: null });
const another = { id: 'g-other', name: 'Other', waitsForThis: false, refused: null };
const renamed = { id: 'g-0000eng1', name: 'Engineering' };

describe('what becomes of a group', () => {
  test.each<[string, Partial<GroupFacts>, string[]]>([
    ['R20: bound, with members', {}, ['createGroup']],
    ['R20: bound, with members to add', { add: [member('ada')] }, ['createGroup', 'changeMembers']],
    ['R20: empty', { populated: false }, []],
    ['R20: empty, members to add who do not count', { populated: false, add: [member('ada')] }, []],
    ['R21: empty, its whole membership to be compared', { populated: false, whole: true }, ['takeOverGroup']],
    ['R20, R21: with members, all to be compared', { whole: true }, ['createGroup']],
    [
      'R21: empty, and refused before',
      { populated: false, link: { ...absent, troubled: true } },
      ['takeOverGroup'],
    ],
    [
      'R23: empty, and its name is that of another managed group',
      { populated: false, whole: true, nameHeldBy: another },
      [],
    ],
    ['R24: empty, to be compared, unbound', { populated: false, whole: true, bound: false }, []],
    [
      'R42: empty, to be compared, a create in flight',
      { populated: false, whole: true, link: { ...absent, inFlight: 'Eng' } },
      ['findGroup'],
    ],
    ['R20: emptied later', { link: groupLink(), remove: [member('ada')] }, ['changeMembers']],
    ['R22: in line', { link: groupLink() }, []],
    ['R23: renamed', { link: groupLink(), group: renamed, name: 'Engineering' }, ['renameGroup']],
    ['R23: another case is another name', { link: groupLink({ displayName: 'ENG' }) }, ['renameGroup']],
    [
      'R23, R44: renamed, and its members changed, who come first',
      { link: groupLink(), group: renamed, add: [member('ada')] },
      ['changeMembers', 'renameGroup'],
    ],
    [
      'R42: a rename that may have been done, before the members',
      { link: groupLink({ inFlight: 'renameGroup' }), add: [member('ada')] },
      ['renameGroup', 'changeMembers'],
    ],
    [
      'R15: a name that the target kept',
      {
        link: groupLink({ notAccepted: { displayName: { sent: 'Engineering', kept: 'Eng' } } }),
        group: renamed,
      },
      [],
    ],
    ['R24: bound again', { link: groupLink({ takeOver: true }) }, ['takeOverGroup']],
    [
      'R23, R24: bound again and renamed, its name that of another managed group still',
      { link: groupLink({ takeOver: true }), group: renamed, add: [member('ada')], nameHeldBy: another },
      ['takeOverGroup', 'changeMembers'],
    ],
    [
      'R23, R24: bound again, renamed, with other members',
      { link: groupLink({ takeOver: true }), group: renamed, add: [member('ada')] },
      ['takeOverGroup', 'changeMembers', 'renameGroup'],
    ],
    ['R24: bound again, and gone from the target', { link: { ...absent, takeOver: true } }, ['createGroup']],
    ['R25: bound again and deleted', { group: null, link: groupLink({ takeOver: true }) }, ['deleteGroup']],
    ['R24: unbound', { bound: false, link: groupLink(), remove: [member('ada')] }, []],
    ['R25: deleted', { group: null, bound: false, link: groupLink() }, ['deleteGroup']],
    ['R25: deleted before it was created', { group: null, bound: false }, []],
    [
      'R25: deleted, a create in flight',
      { group: null, bound: false, link: { ...absent, inFlight: 'Eng' } },
      ['findGroup'],
    ],
    ['R25: deleted, and not in the target', { group: null, bound: false, link: absent }, []],
    ['R42: a create in flight', { link: { ...absent, inFlight: 'Eng' } }, ['createGroup']],
    ['R42: a create in flight under another name', { link: { ...absent, inFlight: 'Old' } }, ['findGroup']],
    [
      'R20, R42: a create in flight, whose members have all left since',
      { populated: false, link: { ...absent, inFlight: 'Eng' } },
      ['findGroup'],
    ],
    ['R42: a rename in flight', { link: groupLink({ inFlight: 'renameGroup' }) }, ['renameGroup']],
    [
      'R42: a change of members in flight goes before a rename',
      { link: groupLink({ inFlight: 'changeMembers' }), group: renamed, add: [member('ada')] },
      ['changeMembers', 'renameGroup'],
    ],
  ])('%s', (_, facts, expected) => expect(kinds(groupFacts(facts))).toEqual(expected));

  test.each<[string, Partial<GroupFacts>]>([
    ['a group to create', {}],
    ['members to change', { link: groupLink(), add: [member('ada')] }],
    ['a group to delete', { group: null, link: groupLink() }],
  ])('R7: group management off leaves %s alone', (_, facts) =>
    expect(kinds(groupFacts(facts), false)).toEqual([]),
  );
});

describe('R23: a name that another managed group has', () => {
  test('a group to create waits for it', () => {
    const facts = groupFacts({ nameHeldBy: another, add: [member('ada')] });
    expect(kinds(facts)).toEqual([]);
    expect(waitsForName(facts)).toBe(true);
  });

  test('an empty one has nothing to wait for', () => {
    expect(waitsForName(groupFacts({ nameHeldBy: another, populated: false }))).toBe(false);
  });

  const aside = asideName('g-0000eng1', 'Eng');
  const ring = { ...another, waitsForThis: true };
  const stuck = (wants: string | null) => ({ ...another, refused: { wants } });

  test.each<[string, string, NameHolder | null, Partial<GroupLink>, string | null]>([
    ['waits for one that goes first', 'Eng', another, {}, null],
    ['steps aside where each waits for the other', 'Eng', ring, {}, aside],
    ['does so once', aside, another, {}, null],
    ['takes the name as soon as it is free', aside, null, {}, 'Engineering'],
    ['waits where the other was refused', 'Eng', { ...ring, ...stuck('Eng') }, {}, null],
    ['goes back where the other was refused', aside, stuck('eng'), {}, 'Eng'],
    ['does not where somebody else may have that name', aside, stuck('Else'), {}, null],
    ['does not where the other is to be deleted', aside, stuck(null), {}, null],
    [
      'R42: is called again what it is, where that is not known',
      'Eng',
      another,
      { inFlight: 'renameGroup' },
      'Eng',
    ],
    [
      'R15: does not step aside again where the target keeps its name',
      'Eng',
      ring,
      { notAccepted: { displayName: { sent: aside, kept: 'Eng' } } },
      null,
    ],
  ])('a group to rename %s', (_, displayName, nameHeldBy, changed, after) => {
    const facts = groupFacts({ link: groupLink({ displayName, ...changed }), group: renamed, nameHeldBy });
    const steps = planGroup(facts, { groupManagement: true });
    expect(steps.map((step) => step.kind === 'renameGroup' && step.after)).toEqual(
      after === null ? [] : [after],
    );
    expect(waitsForName(facts)).toBe(after === null);
  });
});

/** A target that refuses a name that another group has, as Segment's stand-in does. */
interface Held {
  readonly wanted: string;
  held: string;
}

type Groups = ReadonlyMap<string, Held>;

const holderOf = (groups: Groups, id: string): string | undefined =>
  [...groups].find(([other, { held }]) => other !== id && held === groups.get(id)?.wanted)?.[0];

/** For whom a group waits, as the links know it; `refused` is the one that the target does not let be renamed. */
function nameHeldBy(groups: Groups, id: string, refused: string | undefined): NameHolder | null {
  const first = holderOf(groups, id);
  if (first === undefined) return null;
  const chain: string[] = [];
  for (let next: string | undefined = first; next !== undefined && !chain.includes(next);) {
    chain.push(next);
    next = next === id || next === refused ? undefined : holderOf(groups, next);
  }
  const wants = refused === undefined ? null : (groups.get(refused)?.wanted ?? null);
  const isStuck = refused !== undefined && refused !== id && chain.includes(refused);
  return { id: first, name: first, waitsForThis: chain.includes(id), refused: isStuck ? { wants } : null };
}

function nextStep(groups: Groups, id: string, refused?: string): GroupStep | undefined {
  const { wanted, held } = groups.get(id) ?? { wanted: '', held: '' };
  const facts = groupFacts({
    id,
    group: { id, name: wanted },
    link: groupLink({ displayName: held }) satisfies GroupLink,
    nameHeldBy: nameHeldBy(groups, id, refused),
  });
  return planGroup(facts, { groupManagement: true })[0];
}

describe('R23: any chain and any swap ends right, in any order', () => {
  const orders = (ids: string[]): string[][] =>
    ids.length < 2
      ? [ids]
      : ids.flatMap((id) => orders(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));

  test.each<[string, Record<string, [string, string]>]>([
    ['a swap', { 'g-00000001': ['A', 'B'], 'g-00000002': ['B', 'A'] }],
    ['a chain', { 'g-00000001': ['A', 'B'], 'g-00000002': ['B', 'C'], 'g-00000003': ['C', 'D'] }],
    ['a ring', { 'g-00000001': ['A', 'B'], 'g-00000002': ['B', 'C'], 'g-00000003': ['C', 'A'] }],
  ])('%s', (_, names) => {
    for (const order of orders(Object.keys(names))) {
      const groups = new Map(
        Object.entries(names).map(([id, [held, wanted]]): [string, Held] => [id, { held, wanted }]),
      );
      let steps = 0;
      for (let quiet = false; !quiet;) {
        quiet = true;
        for (const id of order) {
          const step = nextStep(groups, id);
          const group = groups.get(id);
          if (step?.kind !== 'renameGroup' || group === undefined) continue;
          expect([...groups.values()].map(({ held }) => held)).not.toContain(step.after);
          group.held = step.after;
          quiet = false;
          steps += 1;
        }
        expect(steps).toBeLessThan(10);
      }
      for (const { held, wanted } of groups.values()) expect(held).toBe(wanted);
    }
  });

  test('R44: a swap of which one is not to be renamed leaves both as they were', () => {
    for (const refused of ['g-00000001', 'g-00000002'])
      for (const order of orders(['g-00000001', 'g-00000002'])) {
        const groups = new Map<string, Held>([
          ['g-00000001', { held: 'A', wanted: 'B' }],
          ['g-00000002', { held: 'B', wanted: 'A' }],
        ]);
        let known: string | undefined;
        for (let turn = 0; turn < 4; turn += 1)
          for (const id of order) {
            const step = id === known ? undefined : nextStep(groups, id, known);
            const group = groups.get(id);
            if (step?.kind !== 'renameGroup' || group === undefined) continue;
            if (id === refused) known = refused;
            else group.held = step.after;
          }
        expect([...groups.values()].map(({ held }) => held)).toEqual(['A', 'B']);
        expect(known).toBe(refused);
      }
  });
});
