/** Vitest's matchers as values that may stand in an expected object under strict types. */
import { expect } from 'vitest';

export const anyText: unknown = expect.any(String);
export const anyNumber: unknown = expect.any(Number);
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const listWith = (...items: readonly unknown[]): unknown => expect.arrayContaining([...items]);
