/** The disk on which PostgreSQL keeps its tables is full in the middle of a sync, and has room again later. Needs root: it mounts one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { build } from '../../scripts/lib/packages.mjs';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { Undo } from '../../src/undo.ts';
import { until } from '../support/scene.ts';
import { person } from './company.ts';
import { directoryOf, heldBy, sound, startLineScene } from './lines.ts';

const PEOPLE = 400;

const undo = new Undo();
beforeAll(build, 120_000);
afterAll(() => undo.run());

/** A disk of its own, that can be filled to its last byte. */
function mountDisk(megabytes: number) {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]);
  undo.add(() => {
    execFileSync('umount', ['--lazy', directory]);
    rmSync(directory, { recursive: true });
    return Promise.resolve();
  });
  const ballast = join(directory, 'ballast');
  return {
    directory,
    fill: () => {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    },
    makeRoom: () => rmSync(ballast),
  };
}

/** A database whose tables are there; the log of changes is elsewhere, as PostgreSQL ends where that is full. */
async function databaseOn(directory: string): Promise<string> {
  const postgres = await startPostgres();
  undo.add(postgres.stop);
  execFileSync('chown', ['postgres', directory]);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`CREATE TABLESPACE small LOCATION '${directory}'`);
  await client.query('CREATE DATABASE small TABLESPACE small');
  await client.end();
  return new URL('/small', postgres.url).href;
}

const problemSchema = z.looseObject({ status: z.number(), detail: z.string() });

it(
  'R41, R49: writes are refused in words and leave nothing; all goes on once there is room',
  { timeout: 180_000 },
  async () => {
    const disk = mountDisk(60);
    const scene = await startLineScene({
      databaseUrl: await databaseOn(disk.directory),
      people: PEOPLE,
      // The sync lasts until there is room again.
      latencyMs: 150,
      leaseSeconds: 3,
      environments: [{}, {}],
    });
    undo.add(scene.close);
    const before = await directoryOf(scene);
    disk.fill();
    const crowd = Array.from({ length: 2000 }, (_, at) => person(`crowd${at}`));
    const refused = await scene.call('POST', '/users/bulk', { users: crowd });
    const { status, detail } = problemSchema.parse(refused.body);
    expect(status).toBe(503);
    expect(detail).toContain('The disk of the database is full. Nothing was changed.');
    expect(await directoryOf(scene)).toEqual(before);
    await until('a lane finds out', () =>
      scene.hosts.some(({ program }) => /slice of work failed|Could not give a lane back/.test(program.log)),
    );
    disk.makeRoom();
    await scene.target.behave({ latencyMs: 0 });
    await scene.idle();
    expect(heldBy(await scene.target.held())).toEqual({ accounts: before, inGroup: before });
    expect(await sound(scene)).toEqual({ overlaps: [], falls: [0, 0] });
    await scene.api.send('POST', '/users/bulk', { users: crowd.slice(0, 10) });
  },
);
