import { expect, it } from 'vitest';
import { placeOf, searchOf } from './dealt-with';
import type { Need } from './queries';

const need = {
  application: { id: 'a', label: 'Segment' },
  sentence: '1 record of Segment was refused.',
  count: 1,
  since: '2026-01-05T08:00:00.000Z',
};

it.each<[Pick<Need, 'kind' | 'among'>, string, object]>([
  [{ kind: 'failed', among: 'user' }, '/applications/a/users', { trouble: 'yes' }],
  [{ kind: 'failed', among: 'group' }, '/applications/a/users/groups', { trouble: 'yes' }],
  [{ kind: 'delayed', among: 'group' }, '/applications/a/users/groups', { trouble: 'yes' }],
  [{ kind: 'held', among: 'user' }, '/applications/a/plan', {}],
])('%o is dealt with at %s', (kind, to, search) => {
  expect(placeOf({ ...need, ...kind }).to).toBe(to);
  expect(searchOf({ ...need, ...kind })).toEqual(search);
});
