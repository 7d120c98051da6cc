/** Each hour: what is over or too old is deleted. */
import type { Handle } from '../store/database.ts';
import { deleteOldImports } from '../store/import-end.ts';
import { deleteOldNotices } from '../store/notices.ts';
import { deleteOldEvents } from '../store/retention.ts';
import { deleteExpiredMessages } from '../store/saml-requests.ts';
import { deleteExpiredSignIns } from '../store/sign-in-retention.ts';
import type { Job } from './job.ts';

/** Small enough that a lane never waits long for the embedded database's only connection. */
const BATCH = 2000;

/** Deletes batch by batch until one is not full. Answers how many were deleted. */
async function deleteAll(
  deleteSome: (handle: Handle, days: number, limit: number) => Promise<number>,
  handle: Handle,
  days: number,
): Promise<number> {
  let deleted = 0;
  for (let batch = BATCH; batch === BATCH; deleted += batch) batch = await deleteSome(handle, days, BATCH);
  return deleted;
}

/** Deletes events and finished imports that are older than they are to be kept, and sessions, links and notices that are over. */
export const cleanUp: Job = {
  name: 'clean-up',
  cron: '17 * * * *',
  run: async ({ config: { eventRetentionDays: days }, database: { db }, log }) => {
    await deleteExpiredSignIns(db);
    await deleteExpiredMessages(db);
    await deleteOldNotices(db);
    const events = await deleteAll(deleteOldEvents, db, days);
    const rows = await deleteAll(deleteOldImports, db, days);
    if (events + rows > 0)
      log.info({ events, importRows: rows }, `Deleted events and rows of imports older than ${days} days.`);
  },
};
