/**
 * Segment's stand-in: a real HTTP service provider that behaves as Segment's papers say, and, where they say nothing, as
 * the toggles say. It owns everything about that behaviour; it knows nothing of the directory or the engine, which meet
 * it over HTTP only. It stands on bare node:http so that it is never what limits a benchmark.
 *
 * `/scim/v2` is the SCIM service provider, `/login` the SAML one, `/` the settings pages, `/_control` the way for tests to look in and to misbehave.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl, CONTROL_BASE } from './control.ts';
import { send } from './http.ts';
import { answerPage } from './pages.ts';
import { answerScim, SCIM_BASE } from './scim.ts';
import { newWorld, type World } from './world.ts';

export interface Sandbox {
  /** Without a trailing slash; SCIM is at `${url}/scim/v2`. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection, in use or kept alive, and frees the port. */
  readonly close: () => Promise<void>;
}

const KEPT_ALIVE_MS = 65_000;

const under = (url: string, base: string): boolean =>
  url.startsWith(base) &&
  (url.length === base.length || url[base.length] === '/' || url[base.length] === '?');

function route(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/';
  if (under(url, SCIM_BASE)) return answerScim(world, request, response);
  if (under(url, CONTROL_BASE)) return answerControl(world, request, response);
  return answerPage(world, request, response);
}

/** A bug in the sandbox: said plainly, and the server goes on. */
function failed(response: ServerResponse, error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (response.headersSent) response.destroy();
  else send(response, { status: 500, body: JSON.stringify({ detail: `The sandbox failed: ${detail}` }) });
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });

const closing = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

/** Starts a sandbox with nothing in it and no token: at a `port`, 0 for any free one, of this machine only unless `host` says more. */
export async function startSandbox(options: { port: number; host?: string | undefined }): Promise<Sandbox> {
  const { port: wanted, host = '127.0.0.1' } = options;
  const world = newWorld();
  const server = createServer({ keepAliveTimeout: KEPT_ALIVE_MS }, (request, response) => {
    route(world, request, response).catch((error: unknown) => failed(response, error));
  });
  await listen(server, wanted, host);
  const port = portOf(server.address());
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  world.origin = url;
  world.base = `${url}${SCIM_BASE}`;
  return { url, port, close: () => closing(server) };
}
