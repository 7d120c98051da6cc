/** PostgreSQL's machine is lost in the middle of a sync, and its standby takes over under the same address. */
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/lib/packages.mjs';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { Undo } from '../../src/undo.ts';
import { until } from '../support/scene.ts';
import { person } from './company.ts';
import { directoryOf, heldBy, sound, startLineScene, type LineScene } from './lines.ts';

const PEOPLE = 200;
const LEASE_SECONDS = 3;

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query<Record<string, unknown>>(statement)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

let undo: Undo;
beforeAll(build, 120_000);
afterEach(() => undo.run());

/** A primary, its standby, and Rollcall at work on the first. */
async function startPair() {
  undo = new Undo();
  const primary = await startPostgres();
  undo.add(primary.stop);
  const standby = await primary.standby();
  undo.add(standby.stop);
  const scene = await startLineScene({
    databaseUrl: primary.url,
    people: PEOPLE,
    latencyMs: 40,
    leaseSeconds: LEASE_SECONDS,
    environments: [{}, {}],
  });
  undo.add(scene.close);
  const failOver = async (): Promise<void> => {
    await primary.stop();
    for (const { database } of scene.hosts) database?.break();
    await query(standby.url, 'SELECT pg_promote()');
    for (const { database } of scene.hosts) database?.layTo(standby.port);
  };
  return { primary, standby, scene, failOver };
}

/** Adds people one after the other until it is told to stop; answers whom the API accepted. */
async function hire({ call }: LineScene, prefix: string, stop: AbortSignal): Promise<string[]> {
  const accepted: string[] = [];
  for (let number = 0; !stop.aborted; number += 1) {
    const one = person(`${prefix}${number}`);
    const answer = await call('POST', '/users/bulk', { users: [one] }).catch(() => undefined);
    if (answer?.status === 200) accepted.push(one.email);
  }
  return accepted;
}

const wide = { timeout: 180_000 };

describe('PostgreSQL fails over to its standby', () => {
  it(
    'R41, R42, R43: a synchronous one loses nothing, and connections come back by themselves',
    wide,
    async () => {
      const { primary, standby, scene, failOver } = await startPair();
      await query(primary.url, `ALTER SYSTEM SET synchronous_standby_names = '*'`);
      await query(primary.url, 'SELECT pg_reload_conf()');
      await until('the standby is synchronous', async () => {
        const rows = await query(primary.url, `SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'`);
        return rows.length === 1;
      });
      const stop = new AbortController();
      const hiring = hire(scene, 'new', stop.signal);
      await until('some were hired', async () => (await directoryOf(scene)).length > PEOPLE + 10);
      await failOver();
      const before = (await query(standby.url, 'SELECT 1 FROM users')).length;
      await until(
        'hiring goes on',
        async () => (await query(standby.url, 'SELECT 1 FROM users')).length > before + 5,
      );
      stop.abort();
      const accepted = await hiring;
      await scene.idle();
      const directory = await directoryOf(scene);
      expect(directory).toEqual(expect.arrayContaining(accepted));
      expect(heldBy(await scene.target.held())).toEqual({ accounts: directory, inGroup: directory });
      expect(await sound(scene)).toEqual({ overlaps: [], falls: [0, 0] });
    },
  );

  it(
    'R10: an asynchronous one may lose the last changes; a full sync finds what was lost, and doubles nobody',
    wide,
    async () => {
      const { standby, scene, failOver } = await startPair();
      const directory = await directoryOf(scene);
      // It hears nothing more, as one that lags behind has not heard yet.
      await query(standby.url, `ALTER SYSTEM SET primary_conninfo = ''`);
      await query(standby.url, 'SELECT pg_reload_conf()');
      const lost = person('lost');
      await scene.api.send('POST', '/users/bulk', { users: [lost] });
      await scene.idle();
      await failOver();
      await until('it answers', async () => (await scene.call('GET', '/users?limit=1')).status === 200);
      expect(await directoryOf(scene)).toEqual(directory);
      await scene.api.send('POST', `${scene.application}/sync`, { full: true });
      await scene.idle();
      expect(heldBy(await scene.target.held())).toEqual({
        accounts: [...directory, lost.email].sort(),
        inGroup: directory,
      });
    },
  );
});
