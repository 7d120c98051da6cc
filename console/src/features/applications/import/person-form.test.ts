import { describe, expect, it } from 'vitest';
import { changeOf, errorInWords, nameOfPerson, valuesOf, type Person } from './person-form';

const jan: Person = {
  username: 'jan@acme.test',
  email: 'jan@acme.test',
  firstname: 'Jan van der',
  lastname: 'Berg',
  displayname: null,
};

describe('what is corrected of a person', () => {
  it('is nothing while it is as it was proposed', () => {
    expect(changeOf(jan, valuesOf(jan))).toEqual({});
  });

  it('is what differs, and null for what is taken away', () => {
    const typed = { ...valuesOf(jan), firstname: ' Jan ', lastname: 'van der Berg', email: ' ' };
    expect(changeOf(jan, typed)).toEqual({ firstname: 'Jan', lastname: 'van der Berg', email: null });
  });
});

it.each([
  [{}, 'Jan van der Berg'],
  [{ firstname: null, lastname: null, displayname: 'Jan B.' }, 'Jan B.'],
  [{ firstname: null, lastname: null }, 'jan@acme.test'],
  [{ firstname: null, lastname: null, username: null, email: null }, 'Without a name'],
])('somebody is called by what is known of them: %o', (change, name) => {
  expect(nameOfPerson({ ...jan, ...change })).toBe(name);
});

it('what is wrong names the field as the form does', () => {
  expect(errorInWords({ path: 'firstname', message: 'is too long.' })).toBe('First name is too long.');
});
