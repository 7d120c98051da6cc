/** The types of columns that many tables have: what is read, what is inserted, what is updated. */
import type { ColumnType, JSONColumnType } from 'kysely';

/** With the database's `now()` as default. */
export type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>;
export type OptionalTimestamp = ColumnType<Date | null, Date | string | null | undefined>;
export type Json<T extends object> = JSONColumnType<T, string | undefined>;
export type OptionalJson<T extends object> = JSONColumnType<
  T | null,
  string | null | undefined,
  string | null
>;
/** bigint arrives as a string from node-postgres. */
export type BigInt64 = ColumnType<string, number | string | undefined, number | string>;
