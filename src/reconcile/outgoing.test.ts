import pino from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { logging } from './outgoing.ts';
import type { Asked } from './transport.ts';

const lineSchema = z.looseObject({ level: z.number(), route: z.string() });

/** The line of one request to that path, so answered. */
function lineOf(path: string, asked: Asked): z.infer<typeof lineSchema> {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  logging('a1', log)({ method: 'GET', path }, asked, undefined);
  return lineSchema.parse(JSON.parse(lines[0] ?? '{}'));
}

const answered = (status: number): Asked => ({ reply: { status, headers: {}, body: '' }, durationMs: 1.6 });

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
])('an answer of %d', (status, level) => {
  expect(lineOf('/Users', answered(status))).toMatchObject({ level, status, ms: 2 });
});

test('no answer', () => {
  const lost = { code: 'connection-lost', message: 'Ada was lost.' };
  const line = lineOf('/Users', { lost, mayHaveArrived: true, durationMs: 1 });
  expect(line).toMatchObject({ level: warn, lost: 'connection-lost' });
  expect(JSON.stringify(line)).not.toContain('Ada');
});

test.each([
  ['/Users', '/Users'],
  ['/Users?filter=userName%20eq%20%22ada/1%22', '/Users'],
  ['/Users/ada@acme.test', '/Users/{id}'],
  ['/Groups/7?excludedAttributes=members', '/Groups/{id}'],
  ['/ServiceProviderConfig', '/ServiceProviderConfig'],
])('of %s the route is told', (path, route) => {
  expect(lineOf(path, answered(200)).route).toBe(route);
});
