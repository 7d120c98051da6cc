import { describe, expect, it } from 'vitest';
import { compare, leftAlone, type LeftAlone, type Wanted } from './demo-check.ts';
import type { SandboxState } from './demo-sandbox.ts';

const ADA = 'ada@marigold.example';
const BEN = 'ben@marigold.example';
const EVE = 'eve@agency.example';

const wanted: Wanted = {
  people: new Map([
    [ADA, 'Ada Obi'],
    [BEN, 'Ben Roy'],
  ]),
  groups: new Map([
    ['Data', new Set([ADA, BEN])],
    ['Seasonal', new Set<string>()],
  ]),
};

type People = readonly (readonly [userName: string, displayName: string])[];
type Groups = readonly (readonly [name: string, members: readonly string[]])[];

const right: People = [
  [ADA, 'Ada Obi'],
  [BEN, 'Ben Roy'],
];

/** What Segment holds. */
const holding = (people: People, groups: Groups = [['Data', [ADA, BEN]]]): SandboxState => ({
  accounts: [],
  members: people.map(([userName, displayName]) => ({ id: userName, userName, displayName })),
  groups: groups.map(([displayName, members]) => ({
    id: displayName,
    displayName,
    members: members.map((userName) => ({ id: userName, userName })),
  })),
});

const leaving = (left: Partial<LeftAlone>): LeftAlone => ({ ...leftAlone(), ...left });

const check = (held: SandboxState, expected: readonly string[], left = leftAlone()): void =>
  expect(compare(wanted, held, left)).toEqual(expected);

describe('what the demo ends with', () => {
  it('finds nothing where Segment holds exactly what is asked for; an empty group may be there or not', () => {
    check(holding(right), []);
    check(
      holding(right, [
        ['Data', [BEN, ADA]],
        ['Seasonal', []],
      ]),
      [],
    );
  });

  it.each<[string, SandboxState, string[]]>([
    [
      'a person is missing',
      holding([[ADA, 'Ada Obi']], [['Data', [ADA]]]),
      [`${BEN} is missing in Segment.`, `${BEN} is missing in the group Data.`],
    ],
    ['a stranger', holding([...right, [EVE, 'Eve']]), [`${EVE} is in Segment and should not be.`]],
    ['a person twice', holding([...right, [ADA, 'Ada Obi']]), [`Segment holds two people called ${ADA}.`]],
    [
      'another name',
      holding([
        [ADA, 'Ada Old'],
        [BEN, 'Ben Roy'],
      ]),
      [`${ADA} is "Ada Old" in Segment, not "Ada Obi".`],
    ],
    ['a group is missing', holding(right, []), ['The group Data is missing in Segment.']],
    [
      'a group too many',
      holding(right, [
        ['Data', [ADA, BEN]],
        ['Old', []],
      ]),
      ['The group Old is in Segment and should not be.'],
    ],
    [
      'a group twice',
      holding(right, [
        ['Data', [ADA, BEN]],
        ['Data', [ADA, BEN]],
      ]),
      ['Segment holds two groups called Data.'],
    ],
    ['a member is missing', holding(right, [['Data', [ADA]]]), [`${BEN} is missing in the group Data.`]],
    [
      'a member too many',
      holding(right, [
        ['Data', [ADA, BEN]],
        ['Seasonal', [ADA]],
      ]),
      [`${ADA} is in the group Seasonal and should not be.`],
    ],
  ])('finds %s', (_what, held, differences) => check(held, differences));

  it('leaves alone whom nobody provisioned, names that Segment keeps, and groups as they were when unbound', () => {
    const left = leaving({
      bystanders: new Set([EVE]),
      ownNames: new Set([ADA]),
      groups: new Map([['Old', new Set([BEN])]]),
    });
    const people: People = [
      [ADA, 'Countess'],
      [BEN, 'Ben Roy'],
      [EVE, 'Eve'],
    ];
    const data = ['Data', [ADA, BEN]] as const;
    check(holding(people, [data, ['Old', [BEN]]]), [], left);
    check(
      holding(people.slice(0, 2), [data, ['Old', []]]),
      [`${EVE} is missing in Segment.`, `${BEN} is missing in the group Old.`],
      left,
    );
  });
});
