/**
 * The planner's statistics, kept near the truth while lanes write a lot. A first provisioning turns empty tables into large
 * ones within seconds; autovacuum looks once a minute, and until then the planner takes them for empty and reads all of an
 * application's links where one would do.
 */
import { sql } from 'kysely';
import type { Handle } from './database.ts';

const FIRST = 1000;
/** Each further time when there are so many times more. */
const GROWTH = 16;

export class Statistics {
  readonly #db: Handle;
  readonly #onError: (error: unknown) => void;
  #written = 0;
  #next = FIRST;
  #running = Promise.resolve();

  constructor(db: Handle, onError: (error: unknown) => void) {
    this.#db = db;
    this.#onError = onError;
  }

  /** So many records were written: after the first hundreds, and then each time there are many times more, looks again. */
  noteWritten(records: number): void {
    this.#written += records;
    if (this.#written < this.#next) return;
    this.#next = this.#written * GROWTH;
    this.#running = this.#running.then(() => this.#analyze()).catch(this.#onError);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #analyze(): Promise<void> {
    await sql`ANALYZE (SKIP_LOCKED) pending, pending_members, links, link_members`.execute(this.#db);
  }
}
