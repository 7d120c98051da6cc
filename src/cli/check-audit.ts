/** What the doctor finds in the audit trail. */
import { z } from 'zod';
import type { Backend } from './backend.ts';
import { count } from '../count.ts';
import { ok, problem, type Finding } from './finding.ts';

const verifiedSchema = z.object({
  entries: z.number(),
  lastHash: z.string(),
  broken: z.string().nullable(),
});

/** Whether every entry is as it was written. */
export async function checkAudit(backend: Backend): Promise<Finding[]> {
  const check = 'Audit trail';
  const { broken, entries, lastHash } = await backend.call(verifiedSchema, 'GET', '/audit/verification');
  if (broken !== null) {
    const message = `It was changed in the database itself: ${broken}. What comes before fits. Find out who had access to the database, and compare with a backup; Rollcall goes on adding to it.`;
    return [problem(check, message)];
  }
  const last = entries === 0 ? '' : ` The last has the hash ${lastHash}.`;
  return [ok(check, `${count(entries, 'entry', 'entries')}, each as it was written.${last}`)];
}
