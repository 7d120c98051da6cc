/**
 * The log of operations and the audit trail, a table a month (docs/decisions/0010-a-table-a-month.md): months are made before
 * they begin. What no month was there for is in the default partition, and moves out once its month is made. Dropping months
 * is retention's (`retention.ts`, `audit-retention.ts`). Months are those of UTC.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Handle, Tx } from './database.ts';
import { databaseTime, daysAgo } from './database-time.ts';
import { floorId, timeOf } from './event-ids.ts';

/** A table of which each month is a partition. */
export interface MonthlyTable {
  readonly name: 'events' | 'audit';
  /** By what its rows are put into months. */
  readonly key: 'id' | 'at';
  /** The smallest key of a time. */
  readonly keyOf: (time: Date) => string;
  /** What each partition needs besides what its table hands down. */
  readonly guard?: (partition: string) => RawBuilder<unknown>;
}

export const EVENTS: MonthlyTable = {
  name: 'events',
  key: 'id',
  // Below whatever id is of that time, also one that is not ours.
  keyOf: (time) => `${floorId(time.getTime()).slice(0, 13)}-0000-0000-000000000000`,
};

export const AUDIT: MonthlyTable = {
  name: 'audit',
  key: 'at',
  keyOf: (time) => time.toISOString(),
  // A trigger for each statement is not handed down, and whoever asks a partition alone would pass by the table's.
  guard: (partition) => sql`
    CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ${sql.table(partition)}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_keep()`,
};

/** A month that has a partition. */
export interface Month {
  readonly partition: string;
  readonly begins: Date;
  /** It holds all that is older, too: what was there before there were months. */
  readonly andBefore: boolean;
}

const NAMED = /_(until_)?(\d{4})_(\d{2})$/;

function monthOf(partition: string): Month[] {
  const [, until, year, month] = NAMED.exec(partition) ?? [];
  if (month === undefined) return [];
  return [{ partition, begins: new Date(`${year}-${month}-01T00:00:00Z`), andBefore: until !== undefined }];
}

/** The months that have a partition, the oldest first. */
export async function readMonths(handle: Handle, { name }: MonthlyTable): Promise<readonly Month[]> {
  const { rows } = await sql<{ partition: string }>`
    SELECT c.relname AS partition FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${name}::regclass`.execute(handle);
  return rows.flatMap(({ partition }) => monthOf(partition)).sort((a, b) => +a.begins - +b.begins);
}

/** The first moment of the month that is so many after that of a time. */
export const monthAfter = (time: Date, months: number): Date =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + months));

/** While a statement waits for a lock on a whole table, everybody waits behind it. What was not done is done the next time. */
const WAIT = '2s';

/** The months that ended so many days ago or more, the oldest first. */
export async function monthsOver(
  handle: Handle,
  table: MonthlyTable,
  days: number,
): Promise<readonly Month[]> {
  const oldest = await daysAgo(handle, days);
  return (await readMonths(handle, table)).filter(({ begins }) => monthAfter(begins, 1) <= oldest);
}

/** Drops months of a table whose turn it is ({@link takeTurn}). */
export async function dropMonths(tx: Tx, months: readonly Month[]): Promise<void> {
  for (const { partition } of months) await sql`DROP TABLE ${sql.table(partition)}`.execute(tx);
}

/** Waits for whoever else makes or drops months of the table, and no longer than a moment for whoever reads or writes it. */
export async function takeTurn(tx: Tx, { name }: MonthlyTable): Promise<void> {
  await sql`SET LOCAL lock_timeout = ${sql.lit(WAIT)}`.execute(tx);
  await sql`LOCK TABLE ONLY ${sql.table(name)} IN SHARE UPDATE EXCLUSIVE MODE`.execute(tx);
}

/** What is written by hand: a partition of the audit trail works the others out. */
async function writtenColumns(tx: Tx, table: string): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ name: string }>`
    SELECT attname AS name FROM pg_attribute
    WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`.execute(
    tx,
  );
  return sql.join(rows.map(({ name }) => sql.ref(name)));
}

/** Moves what is in the default partition into a table that is not a partition yet, past the triggers that keep it there. */
async function moveOut(tx: Tx, { key, name }: MonthlyTable, partition: string, from: string, to: string) {
  const waiting = sql.table(`${name}_default`);
  const columns = await writtenColumns(tx, name);
  await sql`ALTER TABLE ${waiting} DISABLE TRIGGER USER`.execute(tx);
  await sql`
    WITH moved AS (DELETE FROM ${waiting} WHERE ${sql.ref(key)} >= ${from} AND ${sql.ref(key)} < ${to} RETURNING *)
    INSERT INTO ${sql.table(partition)} (${columns}) SELECT ${columns} FROM moved`.execute(tx);
  await sql`ALTER TABLE ${waiting} ENABLE TRIGGER USER`.execute(tx);
}

async function makeMonth(tx: Tx, table: MonthlyTable, begins: Date): Promise<void> {
  const { guard, keyOf, name } = table;
  const partition = `${name}_${begins.toISOString().slice(0, 7).replace('-', '_')}`;
  const [from, to] = [keyOf(begins), keyOf(monthAfter(begins, 1))];
  await sql`LOCK TABLE ${sql.table(`${name}_default`)} IN ACCESS EXCLUSIVE MODE`.execute(tx);
  await sql`CREATE TABLE ${sql.table(partition)} (LIKE ${sql.table(name)} INCLUDING ALL)`.execute(tx);
  await moveOut(tx, table, partition, from, to);
  await guard?.(partition).execute(tx);
  await sql`
    ALTER TABLE ${sql.table(name)} ATTACH PARTITION ${sql.table(partition)} FOR VALUES FROM (${sql.lit(from)}) TO (${sql.lit(to)})`.execute(
    tx,
  );
}

/** The month of the oldest row that no month was there for; null where none is older than that. */
async function missedMonth(tx: Tx, { key, keyOf, name }: MonthlyTable, before: Date): Promise<Date | null> {
  const { rows } = await sql<{ key: string | Date }>`
    SELECT ${sql.ref(key)} AS key FROM ${sql.table(`${name}_default`)}
    WHERE ${sql.ref(key)} < ${keyOf(before)} ORDER BY 1 LIMIT 1`.execute(tx);
  const [oldest] = rows;
  if (oldest === undefined) return null;
  return monthAfter(oldest.key instanceof Date ? oldest.key : new Date(timeOf(oldest.key)), 0);
}

/** So many months are there before they begin: servers may be off for as long, or busy. */
const AHEAD = 2;

const within = ({ andBefore, begins }: Month, month: Date): boolean =>
  andBefore ? month <= begins : +month === +begins;

/** Makes the months until some from now, and those that were missed. What is from a later time than that waits for its month. */
export async function makeMonths(db: Handle, table: MonthlyTable): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await takeTurn(tx, table);
    const now = await databaseTime(tx);
    const made = await readMonths(tx, table);
    const coming = Array.from({ length: AHEAD + 1 }, (_, months) => monthAfter(now, months));
    for (const month of coming)
      if (!made.some((each) => within(each, month))) await makeMonth(tx, table, month);
    const horizon = monthAfter(now, AHEAD + 1);
    for (let month; (month = await missedMonth(tx, table, horizon)) !== null;)
      await makeMonth(tx, table, month);
  });
}
