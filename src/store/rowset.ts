/** Many rows, or ids, as one parameter of a statement. */
import { sql, type RawBuilder } from 'kysely';

/** Rows as a table expression `r` with the given columns: one parameter, however many rows. */
export function rowset(rows: readonly object[], columns: string): RawBuilder<unknown> {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) AS r(${sql.raw(columns)})`;
}

/** Ids as an array of PostgreSQL. */
export const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`;
