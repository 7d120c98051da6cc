/** Whether the database lets a process work, for load balancers and probes. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { pendingMigrations } from './migrate.ts';

/** Whoever asks does so every few seconds; a database that takes longer is as good as none. */
const DATABASE_TIMEOUT_MS = 3000;

async function answers(database: Database): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), DATABASE_TIMEOUT_MS);
  });
  await Promise.race([sql`SELECT 1`.execute(database.db), late]).finally(() => clearTimeout(timer));
}

/** What keeps a process from working, in words, or null. */
export async function obstacle(database: Database): Promise<string | null> {
  try {
    await answers(database);
    const pending = await pendingMigrations(database);
    return pending.length === 0
      ? null
      : `The database is behind by ${pending.length}: run \`rollcall migrate\`.`;
  } catch {
    return 'The database does not answer.';
  }
}
