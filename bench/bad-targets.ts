/**
 * Targets that nobody should have to wait for: one never answers, one has had too many requests for ever, one answers success and does
 * something else. Each is a base path of one server, and answers an activation as it should.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';

/** The ways to be bad, each with its base path. */
export const VICES = ['hangs', 'refuses', 'lies'] as const;

export type Vice = (typeof VICES)[number];

export interface BadTargets {
  readonly baseUrl: (vice: Vice) => string;
  /** Cuts off whoever waits for an answer. */
  readonly letGo: () => void;
  readonly close: () => void;
}

const EMPTY_LIST = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 0,
  startIndex: 1,
  itemsPerPage: 0,
  Resources: [],
};

function answer(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
  response.end(JSON.stringify(body));
}

/** Somebody whom nobody asked for, under an id that is another one each time. */
const stranger = (kind: string) => ({
  schemas: [`urn:ietf:params:scim:schemas:core:2.0:${kind}`],
  id: randomUUID(),
  userName: `${randomUUID()}@elsewhere.example`,
  displayName: 'Somebody else',
  active: false,
});

/** Created, changed, deleted: so it says. A list shows nothing of it, and what was made is not to be found. */
function lie(request: IncomingMessage, response: ServerResponse): void {
  const kind = request.url?.includes('/Groups') ? 'Group' : 'User';
  if (request.method === 'GET') answer(response, 200, EMPTY_LIST);
  else if (request.method === 'DELETE') response.writeHead(204).end();
  else answer(response, request.method === 'POST' ? 201 : 200, stranger(kind));
}

const misbehave: Record<Vice, (request: IncomingMessage, response: ServerResponse) => void> = {
  // The request is read, and that is all.
  hangs: () => undefined,
  refuses: (_, response) => answer(response, 429, { status: '429' }, { 'retry-after': '1' }),
  lies: lie,
};

const viceSchema = z.enum(VICES);

/** What an activation asks: lists without a filter, and what the service provider says of itself. */
const isProbe = ({ method, url }: IncomingMessage): boolean =>
  method === 'GET' && !new URLSearchParams(url?.split('?')[1]).has('filter');

/** Starts them on a port of the loopback address. */
export async function startBadTargets(): Promise<BadTargets> {
  const server = createServer((request, response) => {
    const vice = viceSchema.parse(request.url?.split('/')[1]);
    request.resume();
    if (isProbe(request)) answer(response, 200, EMPTY_LIST);
    else misbehave[vice](request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const letGo = (): void => server.closeAllConnections();
  const close = (): void => {
    letGo();
    server.close();
  };
  return { baseUrl: (vice) => `http://127.0.0.1:${port}/${vice}`, letGo, close };
}
