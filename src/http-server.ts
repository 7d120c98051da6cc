/**
 * The HTTP side of a server: API, pages, single sign-on, mail. `rollcall.ts` loads this file only where it serves, so that a
 * worker does without the packages of signing in, some 40 MB.
 */
import type { FastifyInstance } from 'fastify';
import { buildApi } from './api/server.ts';
import type { Config } from './config.ts';
import { cannotListen } from './listening.ts';
import { makeMailer } from './mail/mailer.ts';
import { Engine } from './reconcile/engine.ts';
import type { Foundation, Rollcall, Runtime } from './running.ts';
import { firstAdministratorLink } from './sign-in/first-administrator.ts';
import { makeFirstApiKey } from './store/api-keys.ts';
import type { Database } from './store/database.ts';
import type { Undo } from './undo.ts';

/** How long requests may take to end when the server stops; then their connections are cut. */
const GRACE_MS = 10_000;

/** How often connections are ended meanwhile that are kept open for a next request, after one that was under way. */
const SWEEP_MS = 50;

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  try {
    return await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    throw cannotListen(error, config, 'HOST and PORT');
  }
}

async function close(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
  await app.close().finally(() => {
    clearInterval(sweep);
    clearTimeout(cut);
  });
}

/** Serves from now on. Answers where. */
export async function serveHttp(
  foundation: Foundation,
  config: Config,
  { clock, log }: Runtime,
  undo: Undo,
): Promise<string> {
  const engine = new Engine({ ...foundation, clock, config, log });
  const mailer = makeMailer(config);
  const app = buildApi({ ...foundation, clock, config, engine, logger: log, ...(mailer && { mailer }) });
  undo.add(() => close(app));
  const url = await listen(app, config);
  foundation.database.lock?.tellAddress(url);
  return url;
}

/**
 * What only the first starts have to say: how to get in, at that address. For the end of a start: a key that is made where the start
 * then fails would never be shown.
 */
export async function firstAccess(
  database: Database,
  address: string,
): Promise<Pick<Rollcall, 'firstApiKey' | 'firstAdministratorLink'>> {
  return {
    firstApiKey: await makeFirstApiKey(database),
    firstAdministratorLink: await firstAdministratorLink(database, address),
  };
}
