/** What counts as written for machines; pages.test.ts looks for it on every page. */
import { describe, expect, it } from 'vitest';
import { forMachines } from './words.ts';

describe('what is for machines is known', () => {
  it.each([
    ['The user 01890a5d-ac96-774b-bcce-b302099a8057 is gone.', 'an id: 01890a5d-ac96-774b-bcce-b302099a8057'],
    ['Changed 2026-11-26T05:10:00Z', 'a timestamp: 2026-11-26T05:10'],
    ['Of 2026-11-26', 'a day as machines write it: 2026-11-26'],
    ['It said {"detail": "no"}', 'JSON: {"'],
    ['undefined users', 'a value that is none: undefined'],
    ['urn:ietf:params:scim:api', 'a SCIM schema or a kind of problem: urn:ietf:'],
    ['invalid_token', 'a code in snake case: invalid_token'],
    ['createUser was refused', 'a code in camel case: createUser'],
    ['It answered GET /Users', 'a request: GET /'],
  ])('%s', (text, expected) => {
    expect(forMachines(text)).toContain(expected);
  });

  it.each([
    '2 records of Segment were refused. Each says why, and what to do about it.',
    'The username "ada@acme.test" belongs to Ada Lovelace (ada@acme.test) already.',
    'It would get the userName "ada".',
    'Thursday, November 26, 2026 at 4:19:56 AM',
  ])('and nothing of this is: %s', (text) => {
    expect(forMachines(text)).toEqual([]);
  });
});
