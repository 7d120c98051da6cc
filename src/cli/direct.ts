/** The API in this process, over the database of this machine's settings. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { addressOf, type Config } from '../config.ts';
import { Problem } from '../errors.ts';
import { makeLogger } from '../log.ts';
import { Engine } from '../reconcile/engine.ts';
import { Worker } from '../reconcile/worker.ts';
import type { Database } from '../store/database.ts';
import { migrate, pendingMigrations } from '../store/migrate.ts';
import { openDatabase } from '../store/open.ts';
import { loadSecretBox } from '../store/secrets.ts';
import { undoable, type Undo } from '../undo.ts';
import { contentOf } from './body.ts';
import { checkDatabase } from './check-database.ts';
import type { Cli } from './cli.ts';
import type { Route } from './route.ts';

/** What the audit trail calls it. */
export const COMMAND_LINE = 'command line';

/** Whether opening the database would make it: an embedded one that is not there. Only a start or `migrate` is to do so. */
export const isDatabaseMissing = ({ databaseUrl, dataDir }: Config): boolean =>
  databaseUrl === undefined && !existsSync(join(dataDir, 'database'));

/** What to do where there is none. */
export const databaseMissing = ({ dataDir }: Config): Problem =>
  new Problem(
    'bad-input',
    `There is no database in ${resolve(dataDir)}, the data directory. Where Rollcall keeps its data elsewhere, set ROLLCALL_DATA_DIR (or DATABASE_URL), or ask a running server with --server. To begin here, run \`rollcall serve\` or \`rollcall migrate\` first.`,
  );

/** A shared database is not changed in passing: servers of another version may be at work on it. */
export async function prepare(database: Database, readOnly: boolean): Promise<void> {
  if (database.kind === 'embedded' && !readOnly) {
    await migrate(database);
    return;
  }
  const pending = await pendingMigrations(database);
  if (pending.length === 0) return;
  throw new Problem(
    'unavailable',
    `The database is behind by ${pending.length}: run \`rollcall migrate\`, or start a server.`,
  );
}

async function build(cli: Cli, config: Config, readOnly: boolean, undo: Undo): Promise<Route> {
  const { buildApi } = await import('../api/server.ts');
  const log = makeLogger('warn', cli.watched);
  const { clock } = cli;
  const secrets = loadSecretBox(config);
  const database = await openDatabase(config, { info: cli.say, warn: cli.say });
  undo.add(() => database.close());
  await prepare(database, readOnly);
  const engine = new Engine({ database, secrets, clock, config });
  // Nothing listens in this process: addresses are those of a server with these settings.
  const settings = { ...config, publicUrl: addressOf(config) };
  const app = buildApi({ database, secrets, clock, config: settings, engine, actor: COMMAND_LINE });
  undo.add(() => app.close());
  return {
    where:
      database.kind === 'embedded'
        ? `the database in ${resolve(config.dataDir)}`
        : 'the database at DATABASE_URL',
    send: async (method, path, body) => {
      const content = contentOf(body);
      const sent = content && { payload: content.text, headers: { 'content-type': content.type } };
      const answer = await app.inject({ method, url: `/api/v1${path}`, ...sent });
      return { status: answer.statusCode, body: answer.body };
    },
    work: async () => {
      const worker = new Worker({ database, secrets, clock, config, log });
      await worker.start();
      undo.add(() => worker.stop());
    },
    examine: () => checkDatabase(database, secrets, clock),
    close: () => undo.run(),
  };
}

/** Opens the database, and makes none. Throws a `Problem` that says why it can't be used. */
export async function openDirect(cli: Cli, config: Config, readOnly: boolean): Promise<Route> {
  if (isDatabaseMissing(config)) throw databaseMissing(config);
  return undoable((undo) => build(cli, config, readOnly, undo));
}
