import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stopSignal, type Signalled } from './signals.ts';

/** Signals that come so many milliseconds after the first, and what the process is ended with. */
const cases = [
  { after: [], code: null },
  { after: [1], code: null },
  { after: [1, 499], code: null },
  { after: [1, 500], code: 130 },
];

/** Not the process of the tests: in that, others wait for signals too, such as a browser, which ends it. */
class Program extends EventEmitter implements Signalled {
  readonly exit = vi.fn();
}

describe('the signal to stop', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(cases)('with more of them $after ms later ends the process with $code', ({ after, code }) => {
    const program = new Program();
    const stop = stopSignal(program);
    const start = performance.now();
    program.emit('SIGINT', 'SIGINT');
    expect(stop.signal.aborted).toBe(true);
    for (const at of after) {
      vi.advanceTimersByTime(start + at - performance.now());
      program.emit('SIGINT', 'SIGINT');
    }
    stop.release();
    expect(program.exit.mock.calls).toEqual(code === null ? [] : [[code]]);
    expect(program.eventNames()).toEqual([]);
  });
});
