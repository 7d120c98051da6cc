/** Figures of the applications, the same from every process: read from the database when they are asked for. */
import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { databaseTime } from '../store/database-time.ts';
import { listStatuses, type ApplicationStatus } from '../store/status.ts';

const AGE_MS = 1000;

/** The applications at a moment of the database's clock, which set the times that they tell. */
interface Reading {
  readonly statuses: readonly ApplicationStatus[];
  readonly now: Date;
}

const NOTHING: Reading = { statuses: [], now: new Date(0) };

const secondsSince = (at: Date | null, now: Date): number =>
  at === null ? 0 : Math.max(0, (now.getTime() - at.getTime()) / 1000);

async function readAll({ db }: Database): Promise<Reading> {
  const statuses = await listStatuses(db);
  return { statuses, now: await databaseTime(db) };
}

/** One reading for all the figures of a scrape; none where the database is away, so that the others are still shown. */
function reader(database: Database, clock: Clock): () => Promise<Reading> {
  let readAt = -Infinity;
  let reading = Promise.resolve(NOTHING);
  return () => {
    if (clock.monotonic() - readAt > AGE_MS) {
      readAt = clock.monotonic();
      reading = readAll(database).catch(() => NOTHING);
    }
    return reading;
  };
}

/** Adds the figures to the registry; each application is a label. */
export function addApplicationMetrics(metrics: Registry, database: Database, clock: Clock): void {
  const read = reader(database, clock);
  const add = (
    name: string,
    help: string,
    valueOf: (status: ApplicationStatus, now: Date) => number,
  ): void => {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['application', 'label'],
      registers: [metrics],
      collect: async () => {
        const { statuses, now } = await read();
        gauge.reset();
        for (const status of statuses)
          gauge.set({ application: status.id, label: status.label }, valueOf(status, now));
      },
    });
  };
  add('rollcall_pending', 'Records that are to be looked at.', ({ pending }) => pending);
  add(
    'rollcall_oldest_pending_seconds',
    'How long the record has waited that has waited longest.',
    ({ oldestPendingAt }, now) => secondsSince(oldestPendingAt, now),
  );
  add('rollcall_held', 'Deactivations that wait for an administrator.', ({ held }) => held);
  add('rollcall_failed', 'Records and memberships that were refused.', ({ failed }) => failed);
  add(
    'rollcall_attention',
    'Users on whose account an administrator has to decide.',
    ({ attention }) => attention,
  );
  add('rollcall_active', 'Whether the connection is active.', ({ state }) => (state === 'active' ? 1 : 0));
  add(
    'rollcall_paused',
    'Whether the connection is paused until an administrator acts; its status says why.',
    ({ state }) => (state === 'paused' ? 1 : 0),
  );
}
