/** The API in this process, over the database of this machine's settings. */
import { resolve } from 'node:path';
import { buildApi } from '../api/server.ts';
import { addressOf, type Config } from '../config.ts';
import { makeLogger } from '../log.ts';
import { Engine } from '../reconcile/engine.ts';
import { Worker } from '../reconcile/worker.ts';
import { loadSecretBox } from '../store/secrets.ts';
import { undoable, type Undo } from '../undo.ts';
import { contentOf } from './body.ts';
import { checkDatabase } from './check-database.ts';
import type { Cli } from './cli.ts';
import { COMMAND_LINE, openOwnDatabase } from './own-database.ts';
import type { Route } from './route.ts';

async function build(cli: Cli, config: Config, readOnly: boolean, undo: Undo): Promise<Route> {
  const log = makeLogger('warn', cli.watched);
  const { clock } = cli;
  const database = await openOwnDatabase(cli, config, readOnly);
  undo.add(() => database.close());
  const secrets = loadSecretBox(config);
  const engine = new Engine({ database, secrets, clock, config });
  // Nothing listens in this process: addresses are those of a server with these settings.
  const settings = { ...config, publicUrl: addressOf(config) };
  const given = { database, secrets, clock, config: settings, engine, logger: log };
  const app = buildApi({ ...given, actor: COMMAND_LINE });
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
export function openDirect(cli: Cli, config: Config, readOnly: boolean): Promise<Route> {
  return undoable((undo) => build(cli, config, readOnly, undo));
}
