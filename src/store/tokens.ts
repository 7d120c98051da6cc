/** Random values that stand for somebody: 256 bits, of which only a SHA-256 is kept, since nobody can guess them back. */
import { createHash, randomBytes } from 'node:crypto';

/** A token of 256 random bits, for cookies and links. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: SHA-256 is enough, as nobody guesses 256 bits. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
