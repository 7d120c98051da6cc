import { sql } from 'kysely';
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { systemClock } from '../clock.ts';
import { addApplicationMetrics } from './applications.ts';

const [APPLICATION, ADA] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
const HOUR_MS = 3_600_000;

describe.each(databaseKinds)('figures of applications on %s', (kind) => {
  test.each([-HOUR_MS, HOUR_MS])(
    'how long a record has waited is told by the clock of the database, whatever the time here is (%i ms beside it)',
    async (beside) => {
      const database = await testDatabase(kind);
      const { db } = database;
      await sql`
        INSERT INTO applications (id, connector, label, idm_state) VALUES (${APPLICATION}, 'scim2', 'App', 'active')`.execute(
        db,
      );
      await sql`INSERT INTO lanes (application_id) VALUES (${APPLICATION})`.execute(db);
      await sql`
        INSERT INTO pending (application_id, kind, subject_id, priority, due_at)
        VALUES (${APPLICATION}, 'user', ${ADA}, 1, now() - interval '100 seconds')`.execute(db);
      const metrics = new Registry();
      const now = (): Date => new Date(Date.now() + beside);
      addApplicationMetrics(metrics, database, { ...systemClock, now });
      const [gauge] = (await metrics.getSingleMetric('rollcall_oldest_pending_seconds')?.get())?.values ?? [];
      expect(gauge?.value).toBeGreaterThanOrEqual(100);
      expect(gauge?.value).toBeLessThan(160);
    },
  );
});
