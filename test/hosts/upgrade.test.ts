/** An upgrade without a pause: the version before is at work while the next one changes the tables under it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../scripts/lib/packages.mjs';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { Undo } from '../../src/undo.ts';
import { person } from './company.ts';
import { directoryOf, heldBy, sound, startLineScene } from './lines.ts';
import { versionAfter, versionBefore } from './versions.ts';

const PEOPLE = 250;

const undo = new Undo();
beforeAll(build, 120_000);
afterAll(() => undo.run());

it('R41, R42, R43: old and new work side by side across a migration', { timeout: 180_000 }, async () => {
  const postgres = await startPostgres();
  undo.add(postgres.stop);
  const [before, after] = [versionBefore(undo), versionAfter(undo)];
  const scene = await startLineScene({
    databaseUrl: postgres.url,
    people: PEOPLE,
    // The sync lasts until the old worker is gone.
    latencyMs: 150,
    leaseSeconds: 3,
    main: before.main,
    environments: [before.env, before.env],
  });
  undo.add(scene.close);
  const [, oldWorker] = scene.hosts;
  const worker = await scene.another('worker', { name: 'next worker', main: after.main });
  await worker.program.start();
  // The old server goes on to take changes, and the old worker to send them.
  await scene.api.send('POST', '/users/bulk', { users: [person('late'), person('later')] });
  const server = await scene.another('server', { name: 'next server', main: after.main });
  await server.program.start();
  await oldWorker?.program.stop();
  await scene.target.behave({ latencyMs: 0 });
  await scene.idle();
  const directory = await directoryOf(scene);
  expect(directory).toHaveLength(PEOPLE + 2);
  expect(heldBy(await scene.target.held())).toEqual({ accounts: directory, inGroup: directory });
  expect(await sound(scene)).toEqual({ overlaps: [], falls: [0, 0] });
  expect([worker, server].map(({ program }) => program.falls)).toEqual([0, 0]);
  await expect(oldWorker?.program.start()).rejects.toThrow('made by a newer one');
});
