/**
 * The store: PostgreSQL, one dialect. A file for each aggregate; each function takes the handle that it runs on, so that
 * a caller decides what commits together. With the embedded database there is one connection: a query on the pool inside
 * an open transaction would wait for itself, so inside a transaction only its own handle is used.
 *
 * Time in the database is the database's `now()`: one clock for every process on every machine.
 */
import type { Kysely, Transaction } from 'kysely';
import type { DirectoryLock } from './lock.ts';
import type { Tables } from './tables.ts';

/** A pool or a transaction: for reads, and for single statements. */
export type Handle = Kysely<Tables>;

/** An open transaction: for everything that must commit together. */
export type Tx = Transaction<Tables>;

/** A connection to the database, embedded or not; the rest of the server does not know which. */
export interface Database {
  readonly db: Kysely<Tables>;
  readonly kind: 'embedded' | 'postgres';
  /** By which other processes find the one that has the embedded database. */
  readonly lock?: Pick<DirectoryLock, 'id' | 'tellAddress'>;
  /** Of this process, where it has more than one: how many are busy, how many idle, and how much waits for one. */
  readonly connections?: () => Readonly<Record<'busy' | 'idle' | 'waiting', number>>;
  /** Calls back on each NOTIFY of the channel, until the returned function is called. Reconnects by itself. */
  readonly listen: (channel: string, callback: (payload: string) => void) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}
