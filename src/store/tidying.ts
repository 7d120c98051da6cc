/**
 * What autovacuum does once a minute, done when lanes have written a lot. A first provisioning turns empty tables into large
 * ones within seconds: until they are analyzed, the planner takes them for empty and reads all of an application's links
 * where one would do. And it deletes as many marks: until they are vacuumed, every look for what is due reads past them.
 */
import { sql } from 'kysely';
import type { Handle } from './database.ts';

const FIRST = 1000;
/** Each further time when there are so many times more. */
const GROWTH = 16;
/** From so many marks done with, they are cleared away as soon as the work is. */
const CLEAR_FROM = 2000;

/** Counts what is written, and analyzes and vacuums behind it. */
export class Tidying {
  readonly #db: Handle;
  readonly #onError: (error: unknown) => void;
  /** For each application or import: how many records were written, and at how many it looks again. */
  readonly #growth = new Map<string, { readonly written: number; readonly next: number }>();
  #done = 0;
  #running = Promise.resolve();

  constructor(db: Handle, onError: (error: unknown) => void) {
    this.#db = db;
    this.#onError = onError;
  }

  /**
   * So many records of an application, or of an import, were written: after the first hundreds, and then each time there are many times more, looks
   * again. To the planner, a second large application is as new as the first was.
   */
  noteWritten(whose: string, records: number): void {
    const before = this.#growth.get(whose) ?? { written: 0, next: FIRST };
    const written = before.written + records;
    const due = written >= before.next;
    this.#growth.set(whose, { written, next: due ? written * GROWTH : before.next });
    this.#done += records;
    if (!due) return;
    this.#running = this.#running.then(() => this.#analyze()).catch(this.#onError);
  }

  /** A lane has done its work: clears away its marks where there were many. */
  noteRest(): void {
    if (this.#done < CLEAR_FROM) return;
    this.#done = 0;
    this.#running = this.#running.then(() => this.#clear()).catch(this.#onError);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #clear(): Promise<void> {
    await sql`VACUUM (ANALYZE, SKIP_LOCKED) pending, pending_members`.execute(this.#db);
  }

  async #analyze(): Promise<void> {
    // Only the columns by which rows are found: to sample the others would read every value that they hold.
    await sql`
      ANALYZE (SKIP_LOCKED) pending (application_id, kind, subject_id, priority, due_at, hold_id),
        pending_members, links (application_id, kind, subject_id, state, key, remote_id),
        link_members (application_id, group_id, user_id)`.execute(this.#db);
  }
}
