/** The Segment sandbox in a process of its own, which also notices when two processes of Rollcall write at the same time (R43). */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/server.ts';

const overlaps: string[] = [];
/** When each process's latest request began, in milliseconds since 1970. */
const latest: Record<string, number> = {};
const open = new Map<ServerResponse, { readonly writer: string; readonly what: string }>();

function begin(request: IncomingMessage, response: ServerResponse): void {
  const writer = request.headers['x-chaos-writer'];
  if (typeof writer !== 'string') return;
  latest[writer] = Date.now();
  const what = `${request.method ?? ''} ${request.url ?? ''}`;
  for (const other of open.values())
    if (other.writer !== writer)
      overlaps.push(`${writer} sent ${what} while ${other.what} of ${other.writer} was under way.`);
  open.set(response, { writer, what });
  response.once('close', () => open.delete(response));
}

const messageSchema = z.custom<{ request: IncomingMessage; response: ServerResponse }>();

subscribe('http.server.request.start', (message) => {
  const { request, response } = messageSchema.parse(message);
  begin(request, response);
});

const sandbox = await startSandbox({ port: 0 });
process.on('message', () => process.send?.({ open: open.size, overlaps, latest }));
process.on('disconnect', () => process.exit(0));
process.send?.({ url: sandbox.url });
