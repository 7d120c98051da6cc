/** Each hour: what is over or too old is deleted. */
import { deleteOldEvents } from '../store/retention.ts';
import { deleteExpiredMessages } from '../store/saml-requests.ts';
import { deleteExpiredSignIns } from '../store/sign-in-retention.ts';
import type { Job } from './jobs.ts';

/** Small enough that a lane never waits long for the embedded database's only connection. */
const BATCH = 2000;

/** Deletes events that are older than they are to be kept, and sessions and links that are over. */
export const cleanUp: Job = {
  name: 'clean-up',
  cron: '17 * * * *',
  run: async ({ config, database, log }) => {
    await deleteExpiredSignIns(database.db);
    await deleteExpiredMessages(database.db);
    let deleted = 0;
    for (let batch = BATCH; batch === BATCH; deleted += batch)
      batch = await deleteOldEvents(database.db, config.eventRetentionDays, BATCH);
    if (deleted > 0) log.info({ deleted }, `Deleted events older than ${config.eventRetentionDays} days.`);
  },
};
