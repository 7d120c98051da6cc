/**
 * What a worker answers to whoever runs it: `/healthz`, `/readyz` and `/metrics`, as a server does (`api/health.ts`). It takes
 * nothing in, and has no need of the packages of the API.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import type { Config } from './config.ts';
import { cannotListen } from './listening.ts';
import type { Database } from './store/database.ts';
import { obstacle } from './store/readiness.ts';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

async function readiness(database: Database): Promise<Answer> {
  const detail = await obstacle(database);
  return detail === null ? json(200, { status: 'ready' }) : json(503, { status: 'not ready', detail });
}

async function answerTo(
  { method, url }: IncomingMessage,
  database: Database,
  metrics: Registry,
): Promise<Answer> {
  if (method !== 'GET') return json(405, { detail: 'A worker is only asked how it is: GET.' });
  if (url === '/healthz') return json(200, { status: 'ok' });
  if (url === '/readyz') return readiness(database);
  if (url === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.metrics() };
  const detail = 'A worker answers /healthz, /readyz and /metrics. The API is at the servers.';
  return json(404, { detail });
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

const listen = (server: Server, { host, workerPort }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(workerPort, host, () => resolve());
  });

/** Answers at `ROLLCALL_WORKER_PORT` from now on; the answer ends that. Throws a `Problem` where nothing can listen there. */
export async function serveWorkerHttp(
  config: Config,
  database: Database,
  metrics: Registry,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    answerTo(request, database, metrics).then(
      (answer) => send(response, answer),
      () => send(response, json(500, { detail: 'The figures could not be read.' })),
    );
  });
  await listen(server, config).catch((error: unknown) => {
    throw cannotListen(
      error,
      { host: config.host, port: config.workerPort ?? 0 },
      'HOST and ROLLCALL_WORKER_PORT',
    );
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
