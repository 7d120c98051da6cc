/** Each hour, and at the start: the months to come have their tables, and those that are not kept any more are dropped. */
import { shortenAudit } from '../store/audit-retention.ts';
import { AUDIT, EVENTS, makeMonths } from '../store/months.ts';
import { dropOldEvents } from '../store/retention.ts';
import type { Job } from './job.ts';

/** A table that is read or written for long is left as it is until the next time: nobody waits for this. */
export const months: Job = {
  name: 'months',
  cron: '47 * * * *',
  atStart: true,
  run: async ({ config: { auditRetentionDays, eventRetentionDays }, database: { db }, log }) => {
    await makeMonths(db, EVENTS);
    await makeMonths(db, AUDIT);
    const events = await dropOldEvents(db, eventRetentionDays);
    const audit = auditRetentionDays === undefined ? 0 : await shortenAudit(db, auditRetentionDays);
    if (events + audit > 0)
      log.info({ events, audit }, 'Dropped months of the log of operations and of the audit trail.');
  },
};
