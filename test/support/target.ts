/** Targets other than Segment's stand-in: whatever answers at an address that somebody took for a SCIM service. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { z } from 'zod';
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

/** What a target answers. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

const SCIM_JSON = 'application/scim+json';

/** Answers in the place of the target at `baseUrl`, which `pass` asks. */
export function startBetween(
  baseUrl: string,
  answers: (asked: Requested, pass: () => Promise<Answered>) => Answered | Promise<Answered>,
): Promise<string> {
  return startTarget((asked, response) => {
    void (async () => {
      const { method = 'GET', url: path = '' } = asked;
      const body = await text(asked);
      const { authorization = '', 'content-type': sentType = SCIM_JSON } = asked.headers;
      const sent = body === '' ? {} : { body };
      const headers = { authorization, 'content-type': sentType };
      const pass = async (): Promise<Answered> => {
        const passed = await fetch(`${baseUrl}${path}`, { method, headers, ...sent });
        return { status: passed.status, body: await passed.text() };
      };
      const { status, body: answer, type = SCIM_JSON } = await answers({ method, path, body }, pass);
      response.writeHead(status, { 'content-type': type }).end(answer);
      // Where the target behind it does not answer, neither does this one.
    })().catch(() => response.destroy());
  });
}

/** Answers as the target at `baseUrl` does, and refuses for good what `refuses` says. */
export function startRefusing(baseUrl: string, refuses: (asked: Requested) => boolean): Promise<string> {
  return startBetween(baseUrl, (asked, pass) =>
    refuses(asked) ? { status: 400, body: '{"detail":"not to be renamed"}' } : pass(),
  );
}

const listSchema = z.looseObject({ Resources: z.array(z.looseObject({ userName: z.string().optional() })) });

/** Answers as the target at `baseUrl` does, but for the users whom its list leaves out: by id they are there. */
export function startMissing(baseUrl: string, missing: ReadonlySet<string>): Promise<string> {
  return startBetween(baseUrl, async ({ method, path }, pass) => {
    const answered = await pass();
    if (method !== 'GET' || !/^\/Users\?(?!filter)/.test(path)) return answered;
    const { Resources, ...list } = listSchema.parse(JSON.parse(answered.body));
    const shown = Resources.filter(({ userName }) => !missing.has(userName ?? ''));
    const hidden = Resources.length - shown.length;
    const totalResults = Number(list['totalResults'] ?? Resources.length) - hidden;
    return { ...answered, body: JSON.stringify({ ...list, totalResults, Resources: shown }) };
  });
}

/** An address at which nobody listens. */
export async function closedAddress(): Promise<string> {
  const server = createServer();
  const url = await listening(server, 'http');
  await new Promise((resolve) => server.close(resolve));
  return url;
}
