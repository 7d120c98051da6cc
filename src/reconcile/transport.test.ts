import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createTransport } from './transport.ts';

/** A target that answers when it is told to, and a transport with one connection to it. */
async function slowTarget(timeoutMs = 5000) {
  const asked: string[] = [];
  const answers: ServerResponse[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answers.push(response);
    server.emit('asked');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const transport = createTransport(
    {
      baseUrl: `http://127.0.0.1:${port}`,
      token: 'token',
      allowPrivate: true,
      timeoutMs,
      connections: 1,
    },
    systemClock,
  );
  onTestFinished(async () => {
    await transport.close();
    server.close();
  });
  const answer = () => answers.shift()?.end('{}');
  return { answers, asked, answer, transport, nextAsked: () => once(server, 'asked') };
}

const get = (path: string) => ({ method: 'GET', path }) as const;

test('R43: what waited for a connection until the lease was over is not sent', async () => {
  const { asked, answer, transport, nextAsked } = await slowTarget();
  let held = true;
  const arrived = nextAsked();
  const first = transport.send(get('/first'), () => held);
  const second = transport.send(get('/second'), () => held);
  await arrived;
  held = false;
  answer();
  expect(await first).toMatchObject({ reply: { status: 200 } });
  expect(await second).toMatchObject({ unsent: true });
  expect(asked).toEqual(['/first']);
});

test('what waited for a connection is sent while the lease is held', async () => {
  const { asked, answer, transport, nextAsked } = await slowTarget();
  const arrived = nextAsked();
  const first = transport.send(get('/first'), () => true);
  const second = transport.send(get('/second'), () => true);
  await arrived;
  const again = nextAsked();
  answer();
  await first;
  await again;
  answer();
  expect(await second).toMatchObject({ reply: { status: 200 } });
  expect(asked).toEqual(['/first', '/second']);
});

test('R44: an answer that comes byte by byte is given up when its time is over', async () => {
  const { answers, transport, nextAsked } = await slowTarget(300);
  const arrived = nextAsked();
  const sent = transport.send(get('/dripping'), () => true);
  await arrived;
  const [answer] = answers;
  const dripping = setInterval(() => answer?.write(' '), 50);
  onTestFinished(() => clearInterval(dripping));
  expect(await sent).toMatchObject({ lost: { code: 'timeout' }, mayHaveArrived: true });
});

test('an answer is asked for uncompressed, and read where it comes compressed all the same', async () => {
  const { answers, transport, nextAsked } = await slowTarget();
  const arrived = nextAsked();
  const sent = transport.send(get('/'), () => true);
  await arrived;
  const [answer] = answers;
  expect(answer?.req.headers['accept-encoding']).toBe('identity');
  answer?.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"id":"1"}'));
  expect(await sent).toMatchObject({ reply: { status: 200, body: '{"id":"1"}' } });
});
