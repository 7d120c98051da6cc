/** Whether the audit trail is whole. */
import { CHAIN_START, misfitOf } from '../access/chain.ts';
import { readChain } from './audit.ts';
import type { Handle } from './database.ts';

interface VerifiedAudit {
  readonly whole: boolean;
  /** How many fit, from the first on. */
  readonly entries: number;
  /** Of the last that fits. */
  readonly lastHash: string;
  /** The first that does not fit, and why. */
  readonly broken: string | null;
}

const BATCH = 1000;

/** Follows the chain of the audit trail until something does not fit. Memory follows the batch. */
export async function verifyAudit(handle: Handle): Promise<VerifiedAudit> {
  for (let head = CHAIN_START; ;) {
    const entries = await readChain(handle, head.seq, BATCH);
    for (const entry of entries) {
      const broken = misfitOf(head, entry);
      if (broken !== null) return { whole: false, entries: head.seq, lastHash: head.hash, broken };
      head = entry;
    }
    if (entries.length < BATCH) return { whole: true, entries: head.seq, lastHash: head.hash, broken: null };
  }
}
