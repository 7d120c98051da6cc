/** Statements that the database reads and plans once, and not each time. */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import { isOutdatedPlan, sqlState } from './transact.ts';

/** So many texts get a name. Rollcall has fewer, but for those that differ in how many parameters they take. */
const MOST = 1000;

/** The transaction has failed before. */
const ABORTED = '25P02';

/** A name for each text, the same each time, while there is room for another. */
class Names {
  readonly #names = new Map<string, string>();
  #round = 0;

  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size === MOST) return known;
    const name = `rollcall_${this.#round}_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }

  /** Gives every text another name, in every connection, unless that was done since `name` was given. */
  renew(text: string, name: string): void {
    if (this.#names.get(text) !== name) return;
    this.#names.clear();
    this.#round += 1;
  }
}

/** A client of `pg` for Kysely, which uses no cursor. Without parameters a text may hold several statements: it gets no name. */
class PreparingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #names: Names;

  constructor(client: pg.PoolClient, names: Names) {
    this.#client = client;
    this.#names = names;
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('No cursor is prepared.');
    const name = values.length === 0 ? undefined : this.#names.of(text);
    if (name === undefined) return this.#client.query({ text, values: [...values] });
    return this.#prepared(name, text, values);
  }

  /** A transaction fails with what was outdated; who began it begins it again (`transact.ts`). */
  async #prepared(name: string, text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    try {
      return await this.#client.query({ name, text, values: [...values] });
    } catch (error) {
      if (!isOutdatedPlan(error)) throw error;
      this.#names.renew(text, name);
      return this.#client.query({ text, values: [...values] }).catch((later: unknown) => {
        throw sqlState(later) === ABORTED ? error : later;
      });
    }
  }

  release(): void {
    this.#client.release();
  }
}

/**
 * The pool for Kysely, with its statements prepared. After some executions PostgreSQL chooses for each whether one plan for all
 * values is good enough (plan_cache_mode, https://www.postgresql.org/docs/current/sql-prepare.html). What a statement answers may
 * change where the version after this one adds a column while this one is at work: PostgreSQL refuses it under its old name.
 */
export function prepared(pool: pg.Pool): PostgresPool {
  const names = new Names();
  return {
    connect: async () => new PreparingClient(await pool.connect(), names),
    end: () => pool.end(),
  };
}
