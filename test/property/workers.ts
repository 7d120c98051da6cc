/** The workers of a world, and how they die. */
import { sql } from 'kysely';
import pino from 'pino';
import { systemClock } from '../../src/clock.ts';
import { Worker, type WorkerConfig } from '../../src/reconcile/worker.ts';
import type { Database } from '../../src/store/database.ts';
import type { SecretBox } from '../../src/store/secrets.ts';

export class Workers {
  readonly #database: Database;
  readonly #secrets: SecretBox;
  readonly #config: WorkerConfig;
  #workers: Worker[] = [];

  constructor(database: Database, secrets: SecretBox, config: WorkerConfig) {
    this.#database = database;
    this.#secrets = secrets;
    this.#config = config;
  }

  async start(): Promise<void> {
    const worker = new Worker({
      database: this.#database,
      secrets: this.#secrets,
      clock: systemClock,
      config: this.#config,
      log: pino({ level: process.env.ROLLCALL_TEST_LOG ?? 'silent' }),
      backoffMs: 20,
    });
    this.#workers.push(worker);
    await worker.start();
  }

  async stop(): Promise<void> {
    const stopped = this.#workers;
    this.#workers = [];
    await Promise.all(stopped.map((worker) => worker.stop()));
  }

  /**
   * What is left of a worker that was killed: the requests that it had sent, and nothing of what they answered, because
   * every settle after this moment is refused. Its lane is free again at once, as if its lease had run out.
   */
  async kill(): Promise<void> {
    await sql`UPDATE lanes SET epoch = epoch + 1, owner = 'killed', until = now() + interval '1 hour'`.execute(
      this.#database.db,
    );
    await this.stop();
    await sql`UPDATE lanes SET until = now() - interval '1 second', due_at = now()`.execute(
      this.#database.db,
    );
  }
}
