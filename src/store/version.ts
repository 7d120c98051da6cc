/** Optimistic locking: what a writer has seen, against what is there. */
import { sql, type RawBuilder } from 'kysely';
import { Problem } from '../errors.ts';
import type { Cause } from '../provisioning/settlement.ts';

/** As an aggregate over rows: a text that stands for the set of their ids, in whatever order; of another set, it is another one. */
export const setVersion = (id: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`to_hex(coalesce(bit_xor(uuid_hash_extended(${id}, 0)), 0))`;

/** What a writer has seen: an ETag's version, or `any` where the caller does not care (RFC 9110 §13.1.1). */
export type Expected = { readonly versions: readonly string[] } | 'any';

/** What a change comes with: what its writer has seen, and what is kept with everything that follows from it (R48). */
export interface Edit {
  readonly expected: Expected;
  readonly cause: Cause;
}

/** Throws a `Problem` of kind `precondition` when the record is not one that the writer has seen. */
export function checkVersion(what: string, version: number | string, expected: Expected): void {
  if (expected === 'any' || expected.versions.includes(String(version))) return;
  throw new Problem(
    'precondition',
    `${what} was changed by somebody else since you read it. Read it again, and repeat your change on what it is now.`,
  );
}
