/** A process whose database fails while it starts. Found by chaos: timers of a library kept it alive, and nobody started it again. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../scripts/lib/packages.mjs';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { Undo } from '../../src/undo.ts';
import { Program } from '../chaos/program.ts';

const undo = new Undo();
beforeAll(build, 120_000);
afterAll(() => undo.run());

it('ends, so that it can be started again', { timeout: 90_000 }, async () => {
  const postgres = await startPostgres();
  undo.add(postgres.stop);
  const worker = new Program('worker', {
    DATABASE_URL: postgres.url,
    ROLLCALL_SECRET_KEY: randomBytes(32).toString('base64'),
  });
  undo.add(() => worker.kill());
  await worker.start();
  await worker.kill();
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  // What starts the background jobs gets half of the way.
  await client.query('ALTER FUNCTION pgboss.create_queue RENAME TO create_queue_away');
  await expect(worker.start()).rejects.toThrow('ended by itself');
  await client.query('ALTER FUNCTION pgboss.create_queue_away RENAME TO create_queue');
  await client.end();
  await worker.start();
});
