import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { stopSignal } from './signals.ts';

/** Signals that come so many milliseconds after the first, and what the process is ended with. */
const cases = [
  { after: [], code: null },
  { after: [1], code: null },
  { after: [1, 499], code: null },
  { after: [1, 500], code: 130 },
];

describe('the signal to stop', () => {
  const exit = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    vi.spyOn(process, 'exit').mockImplementation((code) => exit(code) as never);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    exit.mockReset();
  });

  it.each(cases)('with more of them $after ms later ends the process with $code', ({ after, code }) => {
    const stop = stopSignal();
    const start = performance.now();
    process.emit('SIGINT', 'SIGINT');
    expect(stop.signal.aborted).toBe(true);
    for (const at of after) {
      vi.advanceTimersByTime(start + at - performance.now());
      process.emit('SIGINT', 'SIGINT');
    }
    stop.release();
    expect(exit.mock.calls).toEqual(code === null ? [] : [[code]]);
  });
});
