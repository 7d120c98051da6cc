import { recordKey } from '../name-key.ts';

/** The form in which `userName`s are compared: without case (RFC 7643 §4.1.1). Null for what is no text, and so no `userName`. */
export function userNameKey(userName: string): string;
export function userNameKey(userName: unknown): string | null;
export function userNameKey(userName: unknown): string | null {
  return typeof userName === 'string' ? recordKey(userName) : null;
}
