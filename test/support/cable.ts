/** The cable between a browser and a server: it can be pulled and plugged in again. */
import { onceAfterwards } from './afterwards.ts';
import { Line } from './line.ts';

export interface Cable {
  /** Of the server, through the cable. */
  readonly url: string;
  /** Every connection breaks off, and no other is made. */
  readonly pull: () => void;
  /** Nothing comes through any more, and nobody is told. */
  readonly hush: () => void;
  readonly plug: () => void;
}

/** One to the server at this address; it ends with the test file. */
export async function startCable(url: string): Promise<Cable> {
  const line = await Line.to(Number(new URL(url).port));
  onceAfterwards(() => line.close());
  return {
    url: `http://127.0.0.1:${line.port}`,
    pull: () => line.break(),
    hush: () => line.hush(),
    plug: () => line.mend(),
  };
}
