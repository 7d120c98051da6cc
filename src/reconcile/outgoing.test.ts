import pino from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { logged } from './outgoing.ts';
import type { Sent, Transport } from './transport.ts';

const lineSchema = z.looseObject({ level: z.number(), route: z.string() });

/** The line of one request to that path, so answered. */
async function lineOf(path: string, sent: Sent): Promise<z.infer<typeof lineSchema>> {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const transport: Transport = { send: () => Promise.resolve(sent), close: () => Promise.resolve() };
  await logged(transport, 'a1', log).send({ method: 'GET', path }, () => true);
  return lineSchema.parse(JSON.parse(lines[0] ?? '{}'));
}

const answered = (status: number): Sent => ({ reply: { status, headers: {}, body: '' }, durationMs: 1.6 });

const { debug, warn } = pino.levels.values;

test.each([
  [200, debug],
  [404, debug],
  [409, debug],
  [412, debug],
  [429, debug],
  [302, warn],
  [400, warn],
  [401, warn],
  [503, warn],
])('an answer of %d', async (status, level) => {
  expect(await lineOf('/Users', answered(status))).toMatchObject({ level, status, ms: 2 });
});

test('no answer', async () => {
  const lost = { code: 'connection-lost', message: 'Ada was lost.' };
  const line = await lineOf('/Users', { lost, mayHaveArrived: true, durationMs: 1 });
  expect(line).toMatchObject({ level: warn, lost: 'connection-lost' });
  expect(JSON.stringify(line)).not.toContain('Ada');
});

test.each([
  ['/Users', '/Users'],
  ['/Users?filter=userName%20eq%20%22ada/1%22', '/Users'],
  ['/Users/ada@acme.test', '/Users/{id}'],
  ['/Groups/7?excludedAttributes=members', '/Groups/{id}'],
  ['/ServiceProviderConfig', '/ServiceProviderConfig'],
])('of %s the route is told', async (path, route) => {
  expect((await lineOf(path, answered(200))).route).toBe(route);
});
