/** Whether the audit trail is whole. */
import { misfitOf } from '../access/chain.ts';
import { auditBeginning } from './audit-retention.ts';
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
  const beginning = await auditBeginning(handle);
  for (let head = beginning; ;) {
    const entries = await readChain(handle, head.seq, BATCH);
    const told = () => ({ entries: head.seq - beginning.seq, lastHash: head.hash });
    for (const entry of entries) {
      const broken = misfitOf(head, entry);
      // It may have been shortened meanwhile.
      if (broken !== null && (await auditBeginning(handle)).seq > beginning.seq) return verifyAudit(handle);
      if (broken !== null) return { whole: false, ...told(), broken };
      head = entry;
    }
    if (entries.length < BATCH) return { whole: true, ...told(), broken: null };
  }
}
