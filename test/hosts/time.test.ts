/** Time is the database's, and a lease's is a clock that cannot jump: hosts whose clocks are wrong, and a database that is slow. */
import pg from 'pg';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { build } from '../../scripts/lib/packages.mjs';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { Undo } from '../../src/undo.ts';
import { directoryOf, heldBy, sound, startLineScene, type LineOptions, type LineScene } from './lines.ts';

const PEOPLE = 200;
/** A slow database makes few of them take long. */
const FEW = 60;
const LEASE_SECONDS = 2;
const HOUR_MS = 3_600_000;

const CLOCK = new URL('clock.mjs', import.meta.url).href;
const wrongBy = (milliseconds: number) => ({
  NODE_OPTIONS: `--import=${CLOCK}`,
  CLOCK_WRONG_MS: String(milliseconds),
});

let undo: Undo;
let databaseUrl: string;

beforeAll(build, 120_000);

beforeEach(async () => {
  undo = new Undo();
  const postgres = await startPostgres();
  undo.add(postgres.stop);
  databaseUrl = postgres.url;
});

afterEach(() => undo.run());

async function startScene(options: Partial<LineOptions>): Promise<LineScene> {
  const scene = await startLineScene({
    databaseUrl,
    people: PEOPLE,
    latencyMs: 60,
    leaseSeconds: LEASE_SECONDS,
    environments: [{}, {}, {}],
    ...options,
  });
  undo.add(scene.close);
  return scene;
}

async function allIsDone(scene: LineScene, people: number): Promise<void> {
  await scene.idle();
  const directory = await directoryOf(scene);
  expect(directory).toHaveLength(people);
  expect(heldBy(await scene.target.held())).toEqual({ accounts: directory, inGroup: directory });
  expect(await sound(scene)).toEqual({ overlaps: [], falls: [0, 0, 0] });
  for (const { program } of scene.hosts) expect(program.log).not.toContain('Lost the lease');
}

/** How far from the database's own time anything is that the engine has written down, in seconds. */
async function farthest(): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ seconds: number }>(
    `SELECT max(abs(extract(epoch FROM now() - t)))::float8 AS seconds FROM (
       SELECT at AS t FROM events UNION ALL SELECT updated_at FROM links UNION ALL SELECT due_at FROM pending) AS written`,
  );
  await client.end();
  return rows[0]?.seconds ?? 0;
}

it(
  'R43: clocks that are hours apart, and that jump in the middle of a sync, change nothing',
  { timeout: 180_000 },
  async () => {
    const scene = await startScene({
      environments: [wrongBy(HOUR_MS), wrongBy(-HOUR_MS), wrongBy(2 * HOUR_MS)],
    });
    for (const { program } of scene.hosts) program.signal('SIGUSR2');
    await allIsDone(scene, PEOPLE);
    expect(await farthest()).toBeLessThan(60);
  },
);

it(
  'R43: a slow database makes the work slow; no lease is lost, and nothing is doubled',
  { timeout: 180_000 },
  async () => {
    const scene = await startScene({ people: FEW });
    // A twentieth of the lease for each answer; a slice asks for a few before it renews its lease.
    for (const { database } of scene.hosts) if (database) database.delayMs = (LEASE_SECONDS * 1000) / 40;
    await allIsDone(scene, FEW);
  },
);
