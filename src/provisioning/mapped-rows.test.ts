import { expect, test } from 'vitest';
import type { AttributeMapping } from '../connectors/connector.ts';
import { mappedRows } from './mapped-rows.ts';
import type { DirectoryUser } from './facts.ts';

const ada: DirectoryUser = {
  id: '1',
  username: 'ada',
  email: null,
  firstname: 'Ada',
  lastname: null,
  displayname: null,
  state: 'active',
  attributes: { floor: 3 },
};
const plain = { target: 'title', label: 'Title', required: false, format: 'any' } as const;

test.each<[string, Partial<AttributeMapping> & { expression: string }, unknown, string | null]>([
  ['a value', { expression: 'user.firstname' }, 'Ada', null],
  ['a number', { expression: 'user.attributes.floor' }, 3, null],
  ['nothing, and left out', { expression: 'user.lastname' }, null, null],
  [
    'nothing where something is required',
    { expression: 'user.lastname', required: true },
    null,
    'has no value for Title',
  ],
  ['no email', { expression: 'user.username', format: 'email' }, null, 'must be an email address'],
  ['no attribute, and left out', { expression: 'user.attributes.none' }, null, null],
  [
    'no attribute where something is required',
    { expression: 'user.attributes.none', required: true },
    null,
    'has no value for Title',
  ],
  [
    'a failure',
    { expression: 'user.attributes.floor.x' },
    null,
    'The mapping of Title (title) fails for ada',
  ],
  ['an expression that cannot be used', { expression: 'user.colour' }, null, 'The expression cannot be used'],
])('a row gives %s', (_what, given, value, error) => {
  const row = { ...plain, ...given };
  const [first, second] = mappedRows([row, { ...plain, expression: '"x"' }], ada);
  expect(first).toMatchObject({ target: 'title', label: 'Title', expression: given.expression, value });
  if (error === null) expect(first?.error).toBeNull();
  else expect(first?.error).toContain(error);
  expect(second).toMatchObject({ value: 'x', error: null });
});
