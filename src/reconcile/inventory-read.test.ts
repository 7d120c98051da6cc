import { setMaxListeners } from 'node:events';
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { scim2 } from '../connectors/scim2.ts';
import { getUserRequest, judgeUser } from '../scim/client/users.ts';
import { Conversation, type Target } from './conversation.ts';
import { WindowConversation } from './inventory-read.ts';
import { Limiter } from './limiter.ts';
import { Window } from './window.ts';

/** A clock on which everybody who sleeps wakes in the order in which they fell asleep. */
class SharedClock extends FakeClock {
  override readonly sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    const wakesAt = this.monotonic() + milliseconds;
    while (signal?.aborted !== true && this.monotonic() < wakesAt) {
      await new Promise(setImmediate);
      if (this.monotonic() < wakesAt) this.advance(1);
    }
  };
}

test('R45: a leaver waits behind none of those who are only read and wait for their turn', async () => {
  const sent: string[] = [];
  const clock = new SharedClock();
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const target: Target = {
    transport: {
      send: ({ path }) => {
        sent.push(path);
        const body = JSON.stringify({ id: 'x', userName: 'x' });
        return Promise.resolve({ reply: { status: 200, headers: {}, body }, durationMs: 0 });
      },
      close: () => Promise.resolve(),
    },
    limiter: new Limiter(clock, 25),
    clock,
    behaviour: scim2.behaviour,
    mapping: [],
    paths: [],
    token: 't',
    stop: stop.signal,
    maySend: () => true,
    backoffMs: 0,
  };
  const window = new Window(2, clock.monotonic);
  const asks = (talk: Conversation, id: string) => talk.ask(getUserRequest(id), judgeUser);
  const talk = new WindowConversation({ target, window });
  const reading = Array.from({ length: 1000 }, (_, at) => asks(talk, `read-${at}`));
  await window.run('leaver', () => asks(new Conversation(target), 'leaver'));
  expect(sent.length).toBeLessThan(10);
  stop.abort();
  await Promise.all(reading);
});
