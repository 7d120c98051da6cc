import { describe, expect, test } from 'vitest';
import { Window } from './window.ts';

/** Work that ends when it is told to. */
function work(
  name: string,
  begun: string[],
): { run: () => Promise<string>; end: () => void; fail: () => void } {
  let end: () => void = () => undefined;
  let fail: () => void = () => undefined;
  const done = new Promise<string>((resolve, reject) => {
    end = () => resolve(name);
    fail = () => reject(new Error(name));
  });
  const run = (): Promise<string> => {
    begun.push(name);
    return done;
  };
  return { run, end, fail };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a window of two', () => {
  test('R45: has two under way, and leavers take the next free place', async () => {
    const begun: string[] = [];
    const window = new Window(2, () => 0);
    const [a, b, c, d, leaver] = ['a', 'b', 'c', 'd', 'leaver'].map((name) => work(name, begun));
    if (!a || !b || !c || !d || !leaver) throw new Error('unreachable');
    const all = [a, b, c, d].map(({ run }) => window.run('other', run));
    all.push(window.run('leaver', leaver.run));
    await soon();
    expect(begun).toEqual(['a', 'b']);
    expect([window.running, window.waiting]).toEqual([2, 3]);
    b.end();
    await soon();
    expect(begun).toEqual(['a', 'b', 'leaver']);
    a.end();
    leaver.end();
    await soon();
    expect(begun).toEqual(['a', 'b', 'leaver', 'c', 'd']);
    c.end();
    d.end();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'leaver']);
    expect([window.running, window.waiting]).toEqual([0, 0]);
  });

  test('groups stand before everybody but leavers', async () => {
    const begun: string[] = [];
    const window = new Window(1, () => 0);
    const run = (name: string) => () => Promise.resolve(void begun.push(name));
    const all = [window.run('other', run('first')), window.run('other', run('user'))];
    all.push(window.run('soon', run('group')), window.run('leaver', run('leaver')));
    await Promise.all(all);
    expect(begun).toEqual(['first', 'leaver', 'group', 'user']);
  });

  test('a failure gives its place back', async () => {
    const begun: string[] = [];
    const window = new Window(1, () => 0);
    const [bad, good] = [work('bad', begun), work('good', begun)];
    const failed = window.run('other', bad.run);
    const next = window.run('other', good.run);
    bad.fail();
    await expect(failed).rejects.toThrow('bad');
    good.end();
    expect(await next).toBe('good');
  });

  test('tells for how long nothing has moved', async () => {
    let now = 1000;
    const window = new Window(1, () => now);
    expect(window.stillMs).toBe(0);
    const [first, second] = [work('first', []), work('second', [])];
    const all = [window.run('other', first.run), window.run('other', second.run)];
    now += 300;
    expect(window.stillMs).toBe(300);
    first.end();
    await soon();
    now += 50;
    expect(window.stillMs).toBe(50);
    second.end();
    await Promise.all(all);
    now += 1000;
    expect(window.stillMs).toBe(0);
  });

  test('keeps the order of thousands', async () => {
    const window = new Window(1, () => 0);
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 5000 }, (_, at) =>
        window.run('other', () => {
          order.push(at);
          return Promise.resolve();
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 5000 }, (_, at) => at));
  });
});
