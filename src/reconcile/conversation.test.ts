import { describe, expect, test } from 'vitest';
import { segment } from '../connectors/segment.ts';
import { done, judge, type ScimReply } from '../scim/client/verdict.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { Conversation, type Answer, type Target } from './conversation.ts';
import { Limiter } from './limiter.ts';
import type { SendEnd } from './transport.ts';

const TOKEN = 'secret-token-value';

const reply = (status: number, body = '{}', headers: Record<string, string> = {}): SendEnd => ({
  reply: { status, body, headers },
  durationMs: 3.4,
});

function talkTo(sent: SendEnd, changed: Partial<Target> = {}): Conversation {
  const clock = new FakeClock();
  return new Conversation({
    transport: {
      send: (_, maySend) => Promise.resolve(maySend() ? sent : { unsent: true, durationMs: 0 }),
      close: () => Promise.resolve(),
    },
    limiter: new Limiter(clock, 100),
    clock,
    behaviour: segment.behaviour,
    mapping: [],
    paths: [],
    token: TOKEN,
    stop: new AbortController().signal,
    maySend: () => true,
    backoffMs: 20,
    ...changed,
  });
}

const ask = (talk: Conversation): Promise<Answer<string>> =>
  talk.ask({ method: 'PUT', path: '/Users/1', body: { userName: 'ada' } }, (answer: ScimReply) =>
    judge(answer, () => done('yes')),
  );

describe('R42, R44: what an answer means', () => {
  test.each<[string, SendEnd, object]>([
    ['200', reply(200), { ok: true, value: 'yes' }],
    ['429, which was not done', reply(429), { ok: false, setback: { kind: 'later', uncertain: false } }],
    [
      '429 with a wait',
      reply(429, '', { 'retry-after': '7' }),
      { ok: false, setback: { kind: 'later', retryAfterMs: 7000 } },
    ],
    ['503, which may have been done', reply(503), { ok: false, setback: { kind: 'later', uncertain: true } }],
    ['404', reply(404), { ok: false, setback: { kind: 'again', reason: 'missing' } }],
    ['409', reply(409), { ok: false, setback: { kind: 'again', reason: 'taken' } }],
    ['400', reply(400), { ok: false, setback: { kind: 'refused' } }],
    ['401', reply(401), { ok: false, setback: { kind: 'stop' } }],
    [
      'no answer',
      { lost: { code: 'connection-lost', message: 'Lost.' }, mayHaveArrived: true, durationMs: 1 },
      { ok: false, setback: { kind: 'later', uncertain: true } },
    ],
    [
      'no connection',
      { lost: { code: 'unreachable', message: 'No.' }, mayHaveArrived: false, durationMs: 1 },
      { ok: false, setback: { kind: 'later', uncertain: false } },
    ],
  ])('%s', async (_, sent, expected) => expect(await ask(talkTo(sent))).toMatchObject(expected));

  test('R15: which kind of refusal it is, is passed on', async () => {
    const body = JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'mutability',
    });
    expect(await ask(talkTo(reply(400, body)))).toMatchObject({
      setback: { failure: { scimType: 'mutability' } },
    });
  });
});

describe('nothing is sent', () => {
  const stopped = new AbortController();
  stopped.abort();

  test.each<[string, Partial<Target>]>([
    ['R5: to a stopped connection', { stop: stopped.signal }],
    ['R43: once the lease may have run out', { maySend: () => false }],
  ])('%s', async (_, changed) => {
    const talk = talkTo(reply(200), changed);
    expect(await ask(talk)).toEqual({ ok: false, setback: { kind: 'unsent' } });
    expect(talk.exchanges).toEqual([]);
    expect(talk.hasWritten).toBe(false);
  });
});

describe('R48: what is kept for the log', () => {
  test('the request, the answer and how long it took', async () => {
    const talk = talkTo(reply(200, '{"id":"1"}'));
    await ask(talk);
    expect(talk.exchanges).toEqual([
      {
        method: 'PUT',
        path: '/Users/1',
        request: { userName: 'ada' },
        status: 200,
        response: '{"id":"1"}',
        durationMs: 3,
      },
    ]);
    expect(talk.hasWritten).toBe(true);
  });

  test('never the token, and no more than the beginning of a long answer', async () => {
    const talk = talkTo(reply(400, `${TOKEN} ${'x'.repeat(990 - TOKEN.length)}${TOKEN}${'y'.repeat(5000)}`));
    await ask(talk);
    const kept = JSON.stringify(talk.exchanges);
    expect(kept).not.toContain(TOKEN);
    expect(kept).not.toContain(TOKEN.slice(0, 9));
    expect(kept.length).toBeLessThan(1300);
  });
});

describe('R44: slowing down', () => {
  test.each<[number, number]>([
    [429, 50],
    [503, 50],
    [500, 100],
    [404, 100],
  ])('after %d the pace is %d a second', async (status, perSecond) => {
    const talk = talkTo(reply(status));
    await ask(talk);
    expect(talk.target.limiter.perSecond).toBe(perSecond);
  });

  test.each([429, 500, 502, 503, 504])('after %d, for as long as the target asks', async (status) => {
    const rests: number[] = [];
    const talk = talkTo(reply(status, '', { 'retry-after': '60' }), {
      onRest: (restMs) => rests.push(restMs),
    });
    await ask(talk);
    expect(talk.target.limiter.perSecond).toBe(50);
    expect(rests).toEqual([60_000]);
  });

  test.each([401, 500])('%d is no good answer, after which it would be asked more often', async (status) => {
    const talk = talkTo(reply(status));
    talk.target.limiter.slowDown(0);
    const before = talk.target.limiter.perSecond;
    await ask(talk);
    expect(talk.target.limiter.perSecond).toBe(before);
  });
});
