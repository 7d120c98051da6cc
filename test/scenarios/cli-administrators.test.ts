import { describe, expect, it } from 'vitest';
import { listAudit } from '../../src/store/audit.ts';
import { openDatabase } from '../../src/store/open.ts';
import { loadConfig } from '../../src/config.ts';
import { findLink } from '../../src/store/one-time-links.ts';
import { runCli } from '../support/cli.ts';
import { databaseKinds, testEnvironment } from '../support/database.ts';
import { startRollcall } from '../support/rollcall.ts';

describe.each(databaseKinds)('rollcall administrators link (%s)', (kind) => {
  it('prints a link that works, in place of the one before, and leaves an entry in the audit trail', async () => {
    const { env } = await testEnvironment(kind);
    const links = [
      await runCli(['administrators', 'link'], env),
      await runCli(['administrators', 'link'], env),
    ];
    const tokens = links.map(
      ({ out }) =>
        /^http:\/\/127\.0\.0\.1:8080\/first-administrator\?token=([\w-]{43})$/.exec(out)?.[1] ?? '',
    );
    const database = await openDatabase(loadConfig(env));
    const found = await Promise.all(
      tokens.map((token) => findLink(database.db, 'first-administrator', token)),
    );
    const { items } = await listAudit(database.db, { limit: 10, sort: '-at' });
    await database.close();
    expect(found).toEqual([undefined, { userId: null }]);
    expect(items.map(({ action, actor }) => [action, actor.name])).toEqual([
      ['administratorLink.made', 'command line'],
      ['administratorLink.made', 'command line'],
    ]);
    for (const token of tokens) expect(JSON.stringify(items)).not.toContain(token);
  });

  it('makes no database where there is none', async () => {
    const { code, err } = await runCli(['administrators', 'link'], {
      ROLLCALL_DATA_DIR: '/nonexistent/rollcall',
    });
    expect([code, err]).toEqual([2, expect.stringContaining('There is no database')]);
  });
});

it.each(databaseKinds)('a start prints a link while there is no administrator (%s)', async (kind) => {
  const rollcall = await startRollcall(kind);
  const count = async (): Promise<number> =>
    (await rollcall.database.db.selectFrom('one_time_links').select('purpose').execute()).length;
  expect(await count()).toBe(1);
  await rollcall.restart();
  expect(await count()).toBe(1);
});
