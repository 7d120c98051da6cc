import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Outbox } from './outbox.ts';

describe('what a client of a stream is still to get', () => {
  test('reaches a client that reads, in order', async () => {
    const outbox = new Outbox(100);
    for (const text of ['one ', 'two ', 'three']) outbox.send(text);
    let heard = '';
    outbox.on('data', (text: string) => (heard += text));
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toBe('one two three');
  });

  test('a client that does not read is disconnected before it costs more than the limit', async () => {
    const outbox = new Outbox(100);
    const closed = once(outbox, 'close');
    for (let sent = 0; sent < 20; sent += 1) outbox.send('0123456789');
    await closed;
    expect(outbox.destroyed).toBe(true);
    expect(outbox.readableLength).toBeLessThanOrEqual(110);
  });

  test('whoever has much to send waits until it is read', async () => {
    const outbox = new Outbox(1_000_000);
    outbox.send('x'.repeat(outbox.readableHighWaterMark + 1));
    let drained = false;
    const waited = outbox.drained().then(() => (drained = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(drained).toBe(false);
    outbox.resume();
    await waited;
    expect(drained).toBe(true);
  });

  test('nobody waits for a client that is gone', async () => {
    const outbox = new Outbox(1_000_000);
    outbox.send('x'.repeat(outbox.readableHighWaterMark + 1));
    const waited = outbox.drained();
    outbox.destroy();
    await expect(waited).resolves.toBeUndefined();
  });
});
