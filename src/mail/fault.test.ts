import { expect, test } from 'vitest';
import { mailFault } from './fault.ts';

const thrown = (code: string, response?: string): Error => Object.assign(new Error('x'), { code, response });

test.each<[unknown, string, string | null]>([
  [thrown('EAUTH', '535 5.7.8 No'), 'refused the user name or the password', '535 5.7.8 No'],
  [thrown('ESOCKET'), 'cannot be reached', null],
  [
    thrown('EENVELOPE', '550 No such user'),
    'refused the sender (ROLLCALL_MAIL_FROM) or the recipient',
    '550 No such user',
  ],
  [thrown('EELSE'), 'did not take the message', null],
  ['no error', 'did not take the message', null],
])('%o is said in words', (error, words, said) => {
  const fault = mailFault(error);
  expect(fault.message).toContain(words);
  expect(fault.said).toBe(said);
});
