/**
 * What PostgreSQL does for each statement: plans and times, by its own module auto_explain, which Debian's server package has. They are
 * read from the log of the server that the bench has started.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Handle } from '../src/store/database.ts';

/** One statement as it was run. */
export interface Ran {
  readonly statement: string;
  readonly milliseconds: number;
  readonly plan: PlanNode;
}

export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Index Name'?: string | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const nodeSchema: z.ZodType<PlanNode> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    'Index Name': z.string().optional(),
    Plans: z.array(nodeSchema).optional(),
  }),
);

const entrySchema = z.looseObject({ 'Query Text': z.string(), Plan: nodeSchema });

/** An entry of the log, whose further lines begin with a tab. */
const ENTRY = /duration: ([\d.]+) ms {2}plan:\n((?:\t.*\n)+)/g;

/** The statements that a piece of PostgreSQL's log tells of. */
export function readPlans(log: string): Ran[] {
  return [...log.matchAll(ENTRY)].map(([, milliseconds = '', text = '']) => {
    const entry = entrySchema.parse(JSON.parse(text.replace(/^\t/gm, '')));
    return { statement: entry['Query Text'], milliseconds: Number(milliseconds), plan: entry.Plan };
  });
}

/** The tables that a plan reads from end to end. */
export function scanned(plan: PlanNode): string[] {
  const own = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name'] ?? ''] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scanned)];
}

/** How the plan comes to its rows: what it looks into, in order. */
export function inShort(plan: PlanNode): string {
  const where = plan['Index Name'] ?? plan['Relation Name'];
  const own = where === undefined ? [] : [`${plan['Node Type']} ${where}`];
  return [...own, ...(plan.Plans ?? []).map(inShort).filter((text) => text !== '')].join(', ');
}

/** Statements of one text, together. */
export interface Together {
  readonly statement: string;
  readonly count: number;
  /** Milliseconds. */
  readonly mean: number;
  readonly most: number;
  readonly plan: PlanNode;
}

/** The statements, the slowest on average first; with the plan of the slowest run of each. */
export function slowestFirst(ran: readonly Ran[]): Together[] {
  const byText = new Map<string, Ran[]>();
  for (const run of ran) byText.set(run.statement, [...(byText.get(run.statement) ?? []), run]);
  const together = [...byText].map(([statement, runs]) => {
    const worst = runs.reduce((one, other) => (other.milliseconds > one.milliseconds ? other : one));
    const sum = runs.reduce((total, run) => total + run.milliseconds, 0);
    return {
      statement,
      count: runs.length,
      mean: sum / runs.length,
      most: worst.milliseconds,
      plan: worst.plan,
    };
  });
  return together.sort((one, other) => other.mean - one.mean);
}

/** Has every later connection to this database load the module, which says nothing yet. */
export async function prepareWatch(db: Handle): Promise<void> {
  const { rows } = await sql<{ name: string }>`SELECT current_database() AS name`.execute(db);
  const name = sql.id(rows[0]?.name ?? '');
  await sql`ALTER DATABASE ${name} SET session_preload_libraries = 'auto_explain'`.execute(db);
  await sql`ALTER DATABASE ${name} SET auto_explain.log_format = 'json'`.execute(db);
}

async function explainFrom(db: Handle, milliseconds: number): Promise<void> {
  await sql`ALTER SYSTEM SET auto_explain.log_min_duration = ${sql.lit(milliseconds)}`.execute(db);
  await sql`SELECT pg_reload_conf()`.execute(db);
}

/** Beside the data directory: scripts/lib/postgres.mjs. */
const LOG = sql.lit('../log');

async function logSize(db: Handle): Promise<number> {
  const { rows } = await sql<{ size: number }>`SELECT (pg_stat_file(${LOG})).size::float8 AS size`.execute(
    db,
  );
  return rows[0]?.size ?? 0;
}

/** Every statement that others run while `work` does, from the log. */
export async function watch(db: Handle, work: () => Promise<unknown>): Promise<Ran[]> {
  const from = await logSize(db);
  await explainFrom(db, 0);
  await work().finally(() => explainFrom(db, -1));
  const length = (await logSize(db)) - from;
  const { rows } = await sql<{ text: string }>`
    SELECT pg_read_file(${LOG}, ${sql.lit(from)}, ${sql.lit(length)}) AS text`.execute(db);
  return readPlans(rows[0]?.text ?? '');
}
