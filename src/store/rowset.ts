/** Many rows in a statement of few parameters. */
import { sql, type RawBuilder } from 'kysely';
import type { Handle } from './database.ts';

/** A list as PostgreSQL writes it, of what needs no quotes: node-postgres would look into each for what does. */
const list = (items: readonly string[]): string => `{${items.join(',')}}`;

/** Ids as one parameter: an array of `uuid`. */
export function uuids(ids: readonly string[]): RawBuilder<unknown> {
  return sql`${list(ids)}::uuid[]`;
}

const CHUNK = 5000;

/** Rows in parts, each of which is one statement. */
export function chunksOf<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / CHUNK);
  return Array.from({ length: count }, (_, at) => rows.slice(at * CHUNK, (at + 1) * CHUNK));
}

/** Rows as a table expression `r` with the given columns: one parameter, however many rows. */
export function rowset(rows: readonly object[], columns: string): RawBuilder<unknown> {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) AS r(${sql.raw(columns)})`;
}

/**
 * Rows of ids and whole numbers as a table expression `r`: a list for each column, which PostgreSQL reads several times faster than
 * JSON.
 */
export function idRows<Column extends string>(
  rows: readonly Readonly<Record<Column, string>>[],
  columns: readonly (readonly [Column, 'uuid' | 'bigint'])[],
): RawBuilder<unknown> {
  const lists = columns.map(([name, type]) => sql`${list(rows.map((row) => row[name]))}::${sql.raw(type)}[]`);
  const names = columns.map(([name]) => sql.ref(name));
  return sql`unnest(${sql.join(lists)}) AS r(${sql.join(names)})`;
}

/**
 * The rows of a query, each read as one JSON value: of many columns, PostgreSQL writes and node-postgres reads it in half the
 * time. A bigint has to be cast to text. `before` is its WITH clause, where that writes.
 */
export async function jsonRows<Row>(
  handle: Handle,
  query: RawBuilder<unknown>,
  before = sql``,
): Promise<Row[]> {
  const { rows } = await sql<{
    row: Row;
  }>`${before} SELECT row_to_json(r) AS row FROM (${query}) AS r`.execute(handle);
  return rows.map(({ row }) => row);
}

/** A column of JSON documents, one for each row; nothing is NULL. */
interface Documents {
  readonly name: string;
  readonly type: 'json' | 'jsonb';
  readonly values: readonly unknown[];
}

/** Rows with documents beside their columns, in the text that PostgreSQL reads: of a thousand, that takes milliseconds to write. */
export interface PackedRows {
  readonly count: number;
  readonly columns: string;
  readonly rows: string;
  readonly documents: readonly (Omit<Documents, 'values'> & { readonly lines: string })[];
}

/** To be done before a transaction begins: others wait for what it locks. */
export function pack(rows: readonly object[], columns: string, documents: readonly Documents[]): PackedRows {
  return {
    count: rows.length,
    columns,
    rows: JSON.stringify(rows),
    documents: documents.map(({ name, type, values }) => ({ name, type, lines: jsonLines(values) })),
  };
}

/**
 * Packed rows as a table expression `r`; `ids`, where they are given, are a column `id` between those of the rows and the
 * documents. These are not within the JSON of the rows: PostgreSQL would read each of them three times. They come as lines of
 * text, which JSON never breaks.
 */
export function unpack(packed: PackedRows, ids?: readonly string[]): RawBuilder<unknown> {
  const { columns, documents, rows } = packed;
  const lines = documents.map((one) => sql`string_to_table(${one.lines}, E'\\n', '')`);
  const names = [...columns.split(', ').map((column) => column.replace(/ .*/, '')), ...(ids ? ['id'] : [])];
  const parsed = documents.map(({ name, type }) => `${name}::${type} AS ${name}`);
  const sources = [
    sql`json_to_recordset(${rows}::json) AS (${sql.raw(columns)})`,
    ...(ids ? [sql`unnest(${uuids(ids)})`] : []),
    ...lines,
  ];
  return sql`(
    SELECT ${sql.raw([...names, ...parsed].join(', '))}
    FROM ROWS FROM (${sql.join(sources)}) AS r(${sql.raw([...names, ...documents.map(({ name }) => name)].join(', '))})) AS r`;
}

function jsonLines(values: readonly unknown[]): string {
  const lineOf = (value: unknown) => (value === undefined || value === null ? '' : JSON.stringify(value));
  return values.map(lineOf).join('\n');
}
