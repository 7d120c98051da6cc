/** The chain of the audit trail: each entry carries the hash of the one before, so that what was changed or removed is noticed. */
import { createHash } from 'node:crypto';

/** An entry as it was linked. Hashes are hexadecimal. */
export interface ChainedEntry {
  readonly seq: number;
  /** To the millisecond, in UTC. */
  readonly at: string;
  /** Canonical JSON, as it was written. */
  readonly content: string;
  readonly previous: string;
  readonly hash: string;
}

/** How far a chain has been followed. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** Before the first entry. */
export const CHAIN_START: ChainHead = { seq: 0, hash: '00'.repeat(32) };

/** SHA-256 over the entry as canonical JSON; the database computes the same (migrations/0004_access.sql). */
export function hashOf({ at, content, previous, seq }: Omit<ChainedEntry, 'hash'>): string {
  const text = `{"at":"${at}","content":${content},"previous":"${previous}","seq":${seq}}`;
  return createHash('sha256').update(text).digest('hex');
}

/** Why an entry does not follow on what was there before, or null where it does. */
export function misfitOf(head: ChainHead, entry: ChainedEntry): string | null {
  if (entry.seq !== head.seq + 1) return `entry ${head.seq + 1} is missing`;
  if (entry.previous !== head.hash)
    return `entry ${entry.seq} does not carry the hash of the one before: that one was replaced, or this one moved`;
  if (entry.hash !== hashOf(entry)) return `entry ${entry.seq} was changed after it was written`;
  return null;
}
