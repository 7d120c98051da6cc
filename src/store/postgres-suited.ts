/** What a database of PostgreSQL must be like: its version, its encoding, and its locale. */
import type pg from 'pg';
import { z } from 'zod';
import { Problem } from '../errors.ts';

const OLDEST = 150_000;

function describe(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/** A refused connection to a name with several addresses is an AggregateError without a message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

const factsSchema = z.object({
  version: z.string(),
  number: z.coerce.number(),
  encoding: z.string(),
  lowers: z.boolean(),
});

/** Whether Ä becomes ä, by their code points; in an encoding that has others there, it says nothing. */
const FACTS = `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number,
  current_setting('server_encoding') AS encoding, lower(chr(196)) = chr(228) AS lowers`;

async function readFacts(pool: pg.Pool, url: string): Promise<z.output<typeof factsSchema>> {
  try {
    const { rows } = await pool.query<Record<string, unknown>>(FACTS);
    return factsSchema.parse(rows[0]);
  } catch (error) {
    throw new Problem(
      'unavailable',
      `The database at ${describe(url)} can't be used: ${reasonOf(error)}. Check DATABASE_URL, and that PostgreSQL runs there.`,
    );
  }
}

const MAKE_ANOTHER =
  "Make another one: CREATE DATABASE rollcall TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'.";

/**
 * Throws a {@link Problem} that says what to do where Rollcall cannot work there: with another encoding a name may not be kept, and
 * where upper and lower case are known of ASCII alone, Änne and änne would be two people, who are one at an application.
 */
export async function checkSuited(pool: pg.Pool, url: string): Promise<void> {
  const { version, number, encoding, lowers } = await readFacts(pool, url);
  const refuse = (why: string): Problem =>
    new Problem('unavailable', `The database at ${describe(url)} ${why}`);
  if (number < OLDEST)
    throw refuse(
      `is PostgreSQL ${version}. Rollcall needs 15 or newer: upgrade it, or leave DATABASE_URL out to use the embedded database.`,
    );
  if (encoding !== 'UTF8')
    throw refuse(`can't be used: its encoding is ${encoding}. Rollcall needs UTF8. ${MAKE_ANOTHER}`);
  if (!lowers)
    throw refuse(
      `can't be used: its locale knows upper and lower case of ASCII only, so that Änne and änne would be two people. ${MAKE_ANOTHER}`,
    );
}
