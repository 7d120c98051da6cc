import { sql } from 'kysely';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { upkeepRound } from './upkeep.ts';

describe.runIf(databaseKinds.includes('embedded'))('upkeep of the embedded database', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('cuts the log of writes, and removes what was deleted', async () => {
    // Its own rounds, every few seconds, would be there first on a slow machine.
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const { db } = await testDatabase('embedded');
    const logged = async (): Promise<number> => {
      const { rows } = await sql<{ bytes: string }>`
        SELECT pg_current_wal_lsn() - redo_lsn AS bytes FROM pg_control_checkpoint()`.execute(db);
      return Number(rows[0]?.bytes);
    };
    const size = async (): Promise<number> => {
      const { rows } = await sql<{ bytes: string }>`SELECT pg_relation_size('filler') AS bytes`.execute(db);
      return Number(rows[0]?.bytes);
    };
    await sql`CREATE TABLE filler AS SELECT repeat('x', 500) AS text FROM generate_series(1, 80000)`.execute(
      db,
    );
    await sql`DELETE FROM filler`.execute(db);
    await sql`SELECT pg_stat_force_next_flush()`.execute(db);
    expect(await logged()).toBeGreaterThan(32 * 1024 * 1024);
    await upkeepRound(db, true);
    expect(await logged()).toBeLessThan(16 * 1024 * 1024);
    expect(await size()).toBe(0);
  });
});
