/** What one process counts, for Prometheus; each subject adds its own figures. */
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { addApplicationMetrics } from './applications.ts';

/** The connections of this process to the database; the embedded one has none that could run out. */
function addConnectionMetrics(registry: Registry, database: Database): void {
  const { connections } = database;
  if (connections === undefined) return;
  const gauge = new Gauge({
    name: 'rollcall_database_connections',
    help: 'Connections to the database: busy, idle, and work that waits for one.',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      for (const [state, count] of Object.entries(connections())) gauge.set({ state }, count);
    },
  });
}

/** A registry with the process's own figures (memory, CPU, event loop), those of its database and of all applications. */
export function makeMetrics(database: Database, clock: Clock): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addConnectionMetrics(registry, database);
  addApplicationMetrics(registry, database, clock);
  return registry;
}
