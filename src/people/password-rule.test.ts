import { describe, expect, it } from 'vitest';
import { passwordFault } from './password-rule.ts';

const owner = { username: 'grace.hopper@example.com' };

describe('a password', () => {
  it.each([
    ['plum gravel sonnet'],
    ['correct horse battery staple'],
    ['kV9#tq-Lm2xZ'],
    ['żółta łódź podwodna'],
    ['a'.repeat(180) + 'bcdefgh'],
  ])('may be %s', (password) => {
    expect(passwordFault(password, owner)).toBeUndefined();
  });

  it.each([
    ['short', 'at least 12 characters'],
    ['elevenchars', 'at least 12 characters'],
    ['x'.repeat(100) + 'abcdefg'.repeat(20), 'at most 200 characters'],
    ['my grace.hopper secret', 'must not contain the user name'],
    ['GRACE.HOPPER+1906', 'must not contain the user name'],
    ['Password123!', 'guessed first'],
    ['P4ssw0rdP4ssw0rd', 'guessed first'],
    ['qwertyuiop12', 'guessed first'],
    ['1qaz2wsx3edc', 'guessed first'],
    ['iloveyou2024!', 'guessed first'],
    ['Summer2024Summer', 'guessed first'],
    ['adminadminadmin', 'guessed first'],
    ['123456789012', 'guessed first'],
    ['aaaaaaaaaaaa', 'guessed first'],
    ['abababababab', 'guessed first'],
  ])('may not be %s: %s', (password, why) => {
    expect(passwordFault(password, owner)).toContain(why);
  });
});
