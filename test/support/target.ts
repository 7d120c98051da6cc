/** Targets other than Segment's stand-in: whatever answers at an address that somebody took for a SCIM service. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { selfSigned } from './certificate.ts';

async function listening(server: Server, scheme: 'http' | 'https'): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
}

function endsWithFile(server: Server): void {
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
}

/** What answers; it ends with the test file. */
export async function startTarget(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  endsWithFile(server);
  return listening(server, 'http');
}

/** The same behind a certificate that is signed by itself. */
export async function startUntrustedTarget(answer: RequestListener): Promise<string> {
  const server = createSecureServer(selfSigned(), answer);
  endsWithFile(server);
  return listening(server, 'https');
}

/** A request of which a target says whether it refuses it. */
export interface Requested {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Answers as the target at `baseUrl` does, and refuses for good what `refuses` says. */
export function startRefusing(baseUrl: string, refuses: (asked: Requested) => boolean): Promise<string> {
  return startTarget((asked, answer) => {
    void (async () => {
      const { method = 'GET', url: path = '' } = asked;
      const body = await text(asked);
      if (refuses({ method, path, body })) return answer.writeHead(400).end('{"detail":"not to be renamed"}');
      const { authorization = '', 'content-type': type = 'application/scim+json' } = asked.headers;
      const sent = body === '' ? {} : { body };
      const headers = { authorization, 'content-type': type };
      const passed = await fetch(`${baseUrl}${path}`, { method, headers, ...sent });
      answer.writeHead(passed.status, { 'content-type': 'application/scim+json' });
      return answer.end(await passed.text());
    })();
  });
}

/** An address at which nobody listens. */
export async function closedAddress(): Promise<string> {
  const server = createServer();
  const url = await listening(server, 'http');
  await new Promise((resolve) => server.close(resolve));
  return url;
}
