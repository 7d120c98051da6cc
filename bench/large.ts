/**
 * A directory of a million, in step with one application: what a change costs against a directory of a thousand, what the server
 * holds in memory, how large the tables are, and which statements take longest, with their plans.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Handle } from '../src/store/database.ts';
import { changedIn, changes, ordinaryCompany, roundsFrom, type Times } from './change.ts';
import type { Directory } from './directory.ts';
import { startLab, withDatabase, type Lab } from './lab.ts';
import { inShort, prepareWatch, scanned, slowestFirst, watch, type Ran } from './plans.ts';
import { percentile, report } from './report.ts';
import { addSynced } from './synced.ts';

export interface LargeOptions {
  readonly directory: number;
  readonly rounds: number;
}

const SMALL = 1000;
/** Rounds before anything is measured, and rounds whose statements are looked at, which are slower for being logged. */
const SIDE_ROUNDS = 5;
const STATEMENTS_TOLD = 5;
/** What grows with the directory, or with what is done. */
const GROWING = ['users', 'group_members', 'links', 'link_members', 'events'];

interface Table {
  readonly name: string;
  /** Bytes. */
  readonly rows: number;
  readonly indexes: number;
}

/** A running lab with an application that is in step with its directory. */
interface Scene {
  readonly lab: Lab;
  readonly db: Handle;
  readonly people: Directory;
  readonly application: string;
  /** How many rounds are measured. */
  readonly rounds: number;
}

/** Until nothing is pending and no lane is at work: looked at past the API, whose status counts links. */
async function untilAtRest(db: Handle): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      SELECT 1 FROM pending UNION ALL SELECT 1 FROM pending_members
      UNION ALL SELECT 1 FROM lanes WHERE owner IS NOT NULL LIMIT 1`.execute(db);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function sizes(db: Handle): Promise<Table[]> {
  const { rows } = await sql<Table>`
    SELECT relname AS name, pg_table_size(oid)::float8 AS rows, pg_indexes_size(oid)::float8 AS indexes
    FROM pg_class WHERE relname = ANY(${GROWING}) AND relkind = 'r'`.execute(db);
  return rows;
}

async function timed<T>(work: () => Promise<T>): Promise<{ milliseconds: number; value: T }> {
  const started = performance.now();
  const value = await work();
  return { milliseconds: performance.now() - started, value };
}

const planSchema = z.looseObject({ matching: z.number() });

/** A plan of the whole application. Answers how many steps it has. */
async function planAll(lab: Lab, application: string): Promise<number> {
  return planSchema.parse(await lab.api('GET', `/applications/${application}/plan?limit=0`)).matching;
}

async function within<T>(size: number, rounds: number, work: (scene: Scene) => Promise<T>): Promise<T> {
  const people = ordinaryCompany(size);
  const places = roundsFrom(0, rounds + 2 * SIDE_ROUNDS).map((round) => changedIn(round, people));
  let application = '';
  const lab = await startLab('postgres', async (db, ground) => {
    await prepareWatch(db);
    await people.seed(db);
    application = await addSynced(db, ground, people, places);
  });
  try {
    return await withDatabase(lab, (db) => work({ lab, db, people, application, rounds }));
  } finally {
    await lab.close();
  }
}

const changesOf = ({ lab, db, people }: Scene, rounds: readonly number[]): Promise<Times> =>
  changes(lab, people, rounds, () => untilAtRest(db));

async function measure(scene: Scene): Promise<Times> {
  await changesOf(scene, roundsFrom(0, SIDE_ROUNDS));
  return changesOf(scene, roundsFrom(SIDE_ROUNDS, scene.rounds));
}

const watched = (scene: Scene): Promise<Ran[]> =>
  watch(scene.db, () => changesOf(scene, roundsFrom(SIDE_ROUNDS + scene.rounds, SIDE_ROUNDS)));

const common = { bench: 'scale', ratio: null, bar: 'none', holds: true };

function tellTimes(place: string, small: Times, large: Times): void {
  for (const kind of ['attribute', 'membership'] as const) {
    const value = percentile(large[kind], 0.5);
    const ratio = value / percentile(small[kind], 0.5);
    const bar = `ratio to ${SMALL} people <= 1.5`;
    report({
      ...common,
      case: `one ${kind}, ${place}: p50`,
      value,
      unit: 'ms',
      ratio,
      bar,
      holds: ratio <= 1.5,
    });
  }
}

function tellTables(place: string, tables: readonly Table[]): void {
  for (const { name, rows, indexes } of tables)
    report({
      ...common,
      case: `${name}, ${place}: ${Math.round(rows / 1e6)} MB of rows, ${Math.round(indexes / 1e6)} MB of indexes`,
      value: (rows + indexes) / 1e6,
      unit: 'MB',
    });
}

function tellStatements(place: string, ran: readonly Ran[]): void {
  const throughs = ran.flatMap(({ plan }) => scanned(plan)).filter((table) => GROWING.includes(table));
  report({
    ...common,
    case: `read from end to end on the way of a change, ${place}: ${[...new Set(throughs)].join(', ') || 'nothing'}`,
    value: throughs.length,
    unit: 'scans',
    bar: '= 0',
    holds: ran.length > 0 && throughs.length === 0,
  });
  for (const { statement, count, mean, plan } of slowestFirst(ran).slice(0, STATEMENTS_TOLD))
    report({
      ...common,
      case: `${count} times, ${place}: ${statement.replaceAll(/\s+/g, ' ').trim().slice(0, 160)} (${inShort(plan)})`,
      value: mean,
      unit: 'ms',
    });
}

/** What reads everything: how an application stands, and a plan of it. */
async function tellReading(place: string, { lab, application }: Scene): Promise<void> {
  const status = await timed(() => lab.api('GET', `/applications/${application}/status`));
  report({ ...common, case: `status of the application, ${place}`, value: status.milliseconds, unit: 'ms' });
  const plan = await timed(() => planAll(lab, application));
  report({
    ...common,
    case: `plan of everybody, ${place}: ${plan.value} steps`,
    value: plan.milliseconds / 1000,
    unit: 's',
    bar: 'no step',
    holds: plan.value === 0,
  });
}

async function tellMemory(place: string, { lab }: Scene): Promise<void> {
  const value = (await lab.server.usage()).peak / 1e6;
  report({ ...common, case: `memory, ${place}`, value, unit: 'MB', bar: '< 400', holds: value < 400 });
}

export async function benchLarge({ directory, rounds }: LargeOptions): Promise<void> {
  const place = `directory of ${directory}`;
  const small = await within(SMALL, rounds, measure);
  await within(directory, rounds, async (scene) => {
    tellTimes(place, small, await measure(scene));
    tellStatements(place, await watched(scene));
    tellTables(place, await sizes(scene.db));
    await tellReading(place, scene);
    await tellMemory(place, scene);
  });
}
