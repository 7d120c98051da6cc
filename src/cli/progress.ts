/** Progress of long work, for a person who watches; nothing where nobody does. */
import { SingleBar } from 'cli-progress';
import type { Cli } from './cli.ts';

export interface Progress {
  /** `total` may grow while the work goes on. */
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

const nobody: Progress = { update: () => undefined, stop: () => undefined };

/** Shows how far `what` is: `Importing |████░░░░| 500 of 2000 | 3s`. */
export function startProgress(cli: Cli, what: string, total: number): Progress {
  if (!cli.watched) return nobody;
  const bar = new SingleBar({
    format: `${what} |{bar}| {value} of {total} | {duration_formatted}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(total, 0);
  return {
    update: (done, now) => {
      bar.setTotal(now);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
