import { deleteOldEvents } from '../store/retention.ts';
import type { Job } from './jobs.ts';

/** Small enough that a lane never waits long for the embedded database's only connection. */
const BATCH = 2000;

/** Deletes events that are older than they are to be kept. */
export const cleanUp: Job = {
  name: 'clean-up',
  cron: '17 * * * *',
  run: async ({ config, database, log }) => {
    let deleted = 0;
    for (let batch = BATCH; batch === BATCH; deleted += batch)
      batch = await deleteOldEvents(database.db, config.eventRetentionDays, BATCH);
    if (deleted > 0) log.info({ deleted }, `Deleted events older than ${config.eventRetentionDays} days.`);
  },
};
