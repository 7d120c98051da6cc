import { describe, expect, it } from 'vitest';
import { ApiProblem, type FieldError } from '../api/problem';
import { formFault } from './form-errors';

const refused = (...errors: FieldError[]): ApiProblem =>
  new ApiProblem(400, 'The request cannot be used', 'email must be an address.', { errors });

describe('what is wrong with a form', () => {
  it.each([
    ['a field', [{ path: 'email', message: 'must be an address.' }], { email: 'Must be an address.' }, null],
    ['inside a field', [{ path: 'attributes.x', message: 'is long.' }], { attributes: 'Is long.' }, null],
    [
      'the first of two things about a field',
      [
        { path: 'email', message: 'is empty.' },
        { path: 'email', message: 'is odd.' },
      ],
      { email: 'Is empty.' },
      null,
    ],
    [
      'deep in a field',
      [{ path: 'rows[1].target', message: 'is odd.' }],
      { 'rows.1.target': 'Is odd.' },
      null,
    ],
    ['no field of it', [{ path: 'other', message: 'is odd.' }], {}, 'email must be an address.'],
    ['nothing by name', [], {}, 'email must be an address.'],
  ])('%s', (_what, errors, fields, message) => {
    const values = { email: '', attributes: [], rows: [{ target: '' }, { target: '' }] };
    expect(formFault(refused(...errors), values)).toEqual({ fields, message });
  });
});

describe('a field inside of another', () => {
  const values = { label: '', rows: [{ name: '' }, { name: '' }] };

  it.each([
    ['has its own error', 'rows[1].name', 'rows.1.name'],
    ['passes on what is about a part of it', 'rows[0].name.length', 'rows.0.name'],
    ['leaves to its row what is about another part', 'rows[1].other', 'rows.1'],
    ['leaves to the whole what is about another row', 'rows[7].name', 'rows'],
  ])('%s', (_what, path, field) => {
    const { fields } = formFault(refused({ path, message: 'is odd.' }), values);
    expect(fields).toEqual({ [field]: 'Is odd.' });
  });
});
