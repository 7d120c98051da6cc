/** Random values that stand for somebody: 256 bits, of which only a SHA-256 is kept, since nobody can guess them back. */
import { createHash, randomBytes } from 'node:crypto';

export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
