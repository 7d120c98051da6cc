import { describe, expect, it } from 'vitest';
import { factRows, factText, fieldLabel } from './fact-text';

describe('what the trail holds, for people', () => {
  it.each([
    ['expiresAt', 'Expires at'],
    ['displayname', 'Displayname'],
    ['sso-url', 'Sso url'],
  ])('the field %s is called %s', (name, expected) => {
    expect(fieldLabel(name)).toBe(expected);
  });

  it.each<[unknown, string]>([
    [null, 'Nothing'],
    ['', 'Nothing'],
    [true, 'Yes'],
    [3, '3'],
    ['Research', 'Research'],
    [['a', 'b'], 'a, b'],
    [{ department: 'Research', floor: 3 }, 'Department: Research, Floor: 3'],
    [[{ id: 'x', label: 'Segment' }], 'Segment'],
    [
      [
        { id: 'x', name: 'ada' },
        { id: 'y', name: 'bea' },
      ],
      'ada, bea',
    ],
    [{}, 'Nothing'],
  ])('%j is %s', (value, expected) => {
    expect(factText(value)).toBe(expected);
  });

  it('a time is one that people read', () => {
    expect(factText('2026-11-26T12:00:00.000Z')).toMatch(/November 26, 2026/);
  });

  it('each field stands once, with both sides', () => {
    expect(factRows({ email: 'a' }, { email: 'b', state: 'active' })).toEqual([
      { field: 'Email', before: 'a', after: 'b' },
      { field: 'State', before: 'Nothing', after: 'active' },
    ]);
  });
});
