/**
 * Whom a command asks: always the API, of a running server over HTTP or in this process over the database. The embedded
 * database has room for one process, so where a server holds it, the server is asked.
 */
import type { Command } from 'commander';
import { z } from 'zod';
import { apiKeyFault } from '../bearer.ts';
import { loadConfig, serverOf, type Config } from '../config.ts';
import { badInput, Problem } from '../errors.ts';
import { holderOf, type DirectoryHolder } from '../store/lock.ts';
import type { Cli } from './cli.ts';
import { serverOfHolder } from './holder.ts';
import { openHttp } from './http.ts';
import { readAnswer } from './answer.ts';
import type { Method, Route } from './route.ts';

export interface Backend extends Omit<Route, 'send'> {
  /** Asks the API. Throws the `Problem` that it answers. `path` begins after `/api/v1`. */
  readonly call: <T>(schema: z.ZodType<T>, method: Method, path: string, body?: unknown) => Promise<T>;
}

export interface BackendOptions {
  readonly server?: string;
  readonly apiKey?: string;
  /** Leave a database that is behind as it is, and say so. */
  readonly readOnly?: true;
}

const WHERE_HELP = `
With --server or ROLLCALL_SERVER, a running server is asked. Otherwise the command opens the database of this machine's
settings, which \`rollcall serve\` or \`rollcall migrate\` has made; where a running server holds the embedded database, it
asks that one, wherever it answers on this machine. A server wants an API key: --api-key or ROLLCALL_API_KEY.`;

/** Adds the options that say whom to ask. */
export function withBackend(command: Command): Command {
  return command
    .option('--server <url>', 'ask this server (ROLLCALL_SERVER)')
    .option('--api-key <key>', 'the key for the server (ROLLCALL_API_KEY)')
    .addHelpText('after', WHERE_HELP);
}

const keyMissing = (why: string): Problem =>
  new Problem('bad-input', `${why} Give it an API key: set ROLLCALL_API_KEY, or --api-key.`);

const isAddress = (text: string): boolean => z.url({ protocol: /^https?$/ }).safeParse(text).success;

/** The server that `--server` names. Throws a `Problem` where that is no address, as the settings do of ROLLCALL_SERVER. */
function namedServer({ server }: BackendOptions): string | undefined {
  if (server !== undefined && !isAddress(server))
    throw badInput(`--server ${server} is no URL. Give an address such as http://127.0.0.1:8080.`);
  return server === undefined ? undefined : serverOf(server);
}

/** The key that `--api-key` gives. Throws a `Problem` where no request can carry it; it is not repeated. */
function givenKey({ apiKey }: BackendOptions): string | undefined {
  const fault = apiKey === undefined ? undefined : apiKeyFault(apiKey);
  if (fault !== undefined) throw badInput(`--api-key ${fault}.`);
  return apiKey;
}

async function routeToHolder(
  cli: Cli,
  config: Config,
  holder: DirectoryHolder,
  apiKey: string | undefined,
): Promise<Route> {
  const { server, why, hint, makeSure } = serverOfHolder(config, holder);
  if (apiKey === undefined) throw keyMissing(why);
  await makeSure();
  return openHttp(cli.clock, server, apiKey, `${why} ${hint}`);
}

async function route(cli: Cli, config: Config, options: BackendOptions): Promise<Route> {
  const server = namedServer(options) ?? config.server;
  const apiKey = givenKey(options) ?? config.apiKey;
  if (server !== undefined) {
    if (apiKey === undefined) throw keyMissing(`The server at ${server} is asked.`);
    return openHttp(cli.clock, server, apiKey);
  }
  const holder = config.databaseUrl === undefined ? holderOf(config.dataDir) : null;
  if (holder !== null) return routeToHolder(cli, config, holder, apiKey);
  const { openDirect } = await import('./direct.ts');
  return openDirect(cli, config, options.readOnly ?? false);
}

/** Finds out whom to ask. Throws a `Problem` that says what is missing. */
async function connect(cli: Cli, options: BackendOptions): Promise<Backend> {
  const found = await route(cli, loadConfig(cli.env), options);
  return {
    ...found,
    call: async (schema, method, path, body) =>
      readAnswer(schema, await found.send(method, path, body), found.where),
  };
}

/** Runs a command's work with a backend, and closes it whatever happens. */
export async function using<T>(
  cli: Cli,
  options: BackendOptions,
  work: (backend: Backend) => Promise<T>,
): Promise<T> {
  const backend = await connect(cli, options);
  try {
    return await work(backend);
  } finally {
    await backend.close();
  }
}
