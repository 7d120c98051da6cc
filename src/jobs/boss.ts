/** pg-boss on the pool that is there already: the embedded database has one connection, and no room for another pool. */
import { CompiledQuery } from 'kysely';
import type { Logger } from 'pino';
import PgBoss from 'pg-boss';
import type { Database, Handle } from '../store/database.ts';
import { insist } from '../store/transact.ts';

function execute(connection: Handle, text: string, values: readonly unknown[] = []) {
  return connection.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...values]));
}

/**
 * pg-boss sends whole transactions as one text. Where one fails in the middle, its connection is left in a failed
 * transaction; the next user of the pool would inherit it.
 */
function executeWhole(database: Database, text: string, values?: readonly unknown[]) {
  return database.db.connection().execute(async (connection) => {
    try {
      const { rows } = await execute(connection, text, values);
      return { rows };
    } catch (error) {
      await execute(connection, 'ROLLBACK');
      throw error;
    }
  });
}

/** Processes that start at the same moment make their queues, and look for jobs, at once: a deadlock ends one of the two. */
function onPool(database: Database): PgBoss.Db {
  return { executeSql: (text, values) => insist(() => executeWhole(database, text, values)) };
}

/** A pg-boss that is not started yet. What goes wrong in its own rounds is logged, and tried again in the next. */
export function makeBoss(database: Database, log: Logger): PgBoss {
  const boss = new PgBoss({
    db: onPool(database),
    cronMonitorIntervalSeconds: 45,
    cronWorkerIntervalSeconds: 15,
    maintenanceIntervalSeconds: 300,
  });
  boss.on('error', (error) =>
    log.error({ err: error }, 'A background job could not be looked for; trying again.'),
  );
  return boss;
}
