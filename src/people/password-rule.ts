/** What a password may be. */
import { isCommonPassword } from './common-passwords.ts';

export const MIN_PASSWORD_LENGTH = 12;
/** Longer than any that people type, and short enough to be hashed without harm. */
export const MAX_PASSWORD_LENGTH = 200;

const FEWEST_DIFFERENT = 5;
const SHORTEST_NAME = 4;

/** Whose password it is to be. */
interface PasswordOwner {
  readonly username: string;
}

/** The name, and where it is an address, its first part. */
const namesOf = ({ username }: PasswordOwner): string[] =>
  [username, username.split('@')[0] ?? ''].filter((name) => name.length >= SHORTEST_NAME);

const holdsName = (password: string, owner: PasswordOwner): boolean =>
  namesOf(owner).some((name) => password.toLowerCase().includes(name.toLowerCase()));

/**
 * What is wrong with a password, as a sentence without its subject, or undefined. Long and not guessed first is all that is
 * asked: rules about digits and signs make passwords worse (NIST SP 800-63B §3.1.1.2).
 */
export function passwordFault(password: string, owner: PasswordOwner): string | undefined {
  const characters = Array.from(password);
  if (characters.length < MIN_PASSWORD_LENGTH)
    return `must have at least ${MIN_PASSWORD_LENGTH} characters. A few words that do not belong together are easy to remember.`;
  if (characters.length > MAX_PASSWORD_LENGTH) return `must have at most ${MAX_PASSWORD_LENGTH} characters.`;
  if (holdsName(password, owner)) return 'must not contain the user name.';
  if (new Set(characters).size < FEWEST_DIFFERENT || isCommonPassword(password))
    return 'is one of those that are guessed first. Choose words that do not belong together.';
  return undefined;
}
