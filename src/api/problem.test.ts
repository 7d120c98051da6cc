import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { answerError } from './problem.ts';

test.each(['22021', '22P05'])(
  'R49: text that the database does not take is bad input, whichever field it came in: %s',
  async (code) => {
    const app = Fastify();
    app.setErrorHandler(answerError);
    app.get('/', () => {
      throw Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code });
    });
    const answer = await app.inject('/');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      detail: 'The request holds text with control characters, which cannot be stored.',
    });
  },
);

test('a caller who breaks off is not told of as a database that does not answer', async () => {
  const app = Fastify();
  app.setErrorHandler(answerError);
  app.get('/', () => {
    // As Node.js and Fastify tell it.
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET', statusCode: 400 });
  });
  expect((await app.inject('/')).statusCode).toBe(400);
});

test('a database that does not answer is told of as such', async () => {
  const app = Fastify();
  app.setErrorHandler(answerError);
  app.get('/', () => {
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  });
  const answer = await app.inject('/');
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
});

test('a database whose disk is full is told of as that, and that nothing was changed', async () => {
  const app = Fastify();
  app.setErrorHandler(answerError);
  app.get('/', () => {
    throw Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
  });
  const answer = await app.inject('/');
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({
    detail: expect.stringMatching(/^The disk of the database is full\. Nothing was changed\./) as string,
  });
});

test('R49: text that is no value of its column is bad input: 22P02', async () => {
  const app = Fastify();
  app.setErrorHandler(answerError);
  app.get('/', () => {
    throw Object.assign(new Error('invalid input syntax for type uuid: "x"'), { code: '22P02' });
  });
  expect((await app.inject('/')).statusCode).toBe(400);
});
