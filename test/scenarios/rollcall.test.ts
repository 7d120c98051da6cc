import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { silentLogger } from '../../src/log.ts';
import { startRollcall as start } from '../../src/rollcall.ts';
import { openDatabase } from '../../src/store/open.ts';
import { databaseKinds, testEnvironment } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';
import { startScene } from '../support/scene.ts';

describe.each(databaseKinds)('a whole Rollcall (%s)', (kind) => {
  it('keeps what it was told over a restart, and answers at its new address', async () => {
    const rollcall = await startRollcall(kind);
    const made = await rollcall.api('POST', '/users', { username: 'ada@example.com' });
    expect(made.status).toBe(201);
    await rollcall.restart();
    const users = await rollcall.api('GET', '/users');
    expect(users.body).toMatchObject({ total: 1, items: [{ username: 'ada@example.com' }] });
  });

  it('R43: gives its applications to others at once when it ends', async () => {
    const { activate, boundGroup, control, rollcall, user } = await startScene(kind, {
      ROLLCALL_LEASE_SECONDS: '600',
    });
    await boundGroup('Staff', [await user('ada')]);
    await activate();
    await control('PATCH', '/behaviour', { latencyMs: 200 });
    const lanes = () => rollcall.database.db.selectFrom('lanes').select('owner').execute();
    await expect.poll(lanes).toEqual([{ owner: expect.any(String) as string }]);
    await rollcall.stop();
    const database = await openDatabase(loadConfig(rollcall.env), silentLogger);
    const after = await database.db.selectFrom('lanes').select('owner').execute();
    await database.close();
    expect(after).toEqual([{ owner: null }]);
  });

  it('tells whoever begins the address at which people reach it', async () => {
    const { env } = await testEnvironment(kind);
    const config = loadConfig({ ...env, PORT: '0', ROLLCALL_PUBLIC_URL: 'https://rollcall.example.com' });
    const runtime = { clock: systemClock, log: silentLogger, jobs: false, provisioning: false };
    const { close, firstAdministratorLink, firstApiKey } = await start(config, runtime);
    await close();
    expect(firstAdministratorLink).toMatch(/^https:\/\/rollcall\.example\.com\//);
    expect(firstApiKey).toMatch(/^rc_/);
  });
});
