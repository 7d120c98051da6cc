import Fastify from 'fastify';
import pino from 'pino';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { logRequest, noFrameworkLines } from './access-log.ts';

const lineSchema = z.object({
  level: z.number(),
  status: z.number(),
  requestId: z.string(),
  msg: z.string(),
});

/** What is logged of one request to that path. */
async function logged(path: string, level: string): Promise<z.infer<typeof lineSchema>[]> {
  const lines: string[] = [];
  const logger = pino({ level }, { write: (line: string) => void lines.push(line) });
  const app = Fastify({ loggerInstance: logger, logController: noFrameworkLines, genReqId: () => 'r1' });
  app.addHook('onResponse', async (request, reply) => logRequest(request, reply));
  app.get('/users', () => ({}));
  app.get('/healthz', () => ({}));
  app.get('/broken', async (_request, reply) => reply.code(503).send());
  await app.inject(path);
  await app.close();
  return lines.map((line) => lineSchema.parse(JSON.parse(line)));
}

const { debug, warn } = pino.levels.values;

it.each([
  ['/users', 'debug', [{ level: debug, status: 200, requestId: 'r1', msg: 'answered' }]],
  ['/nothing', 'debug', [{ level: debug, status: 404, requestId: 'r1', msg: 'answered' }]],
  ['/users', 'info', []],
  ['/healthz', 'debug', []],
  ['/broken', 'info', [{ level: warn, status: 503, requestId: 'r1', msg: 'answered' }]],
])('%s at the level %s', async (path, level, expected) => {
  expect(await logged(path, level)).toEqual(expected);
});

it('leaves what is asked for out: the token of a one-time link, and whom somebody looks for', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const app = Fastify({ loggerInstance: logger, logController: noFrameworkLines });
  app.addHook('onResponse', async (request, reply) => logRequest(request, reply));
  await app.inject('/reset-password?token=abc123&search=ada@acme.test');
  await app.close();
  expect(lines.join('')).toContain('"/reset-password?…"');
  expect(lines.join('')).not.toMatch(/abc123|acme/);
});
