/** The end of a process that runs until it is told to stop. */
import type { EventEmitter } from 'node:events';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** One Ctrl-C comes twice under npm, which passes on what the terminal has sent to both of them. */
const ONE_PRESS_MS = 500;

/** What is told of signals, and can be ended: a process. */
export type Signalled = Pick<EventEmitter, 'on' | 'off'> & { readonly exit: (code: number) => unknown };

/**
 * Aborted at the first SIGINT (Ctrl-C) or SIGTERM, to end in good order; another one, half a second later or more, ends the
 * process at once. `release` gives the signals back to Node.
 */
export function stopSignal(told: Signalled = process): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) first = performance.now();
    else if (performance.now() - first >= ONE_PRESS_MS) told.exit(128 + constants.signals[name]);
    controller.abort();
  };
  for (const name of SIGNALS) told.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of SIGNALS) told.off(name, onSignal);
    },
  };
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
