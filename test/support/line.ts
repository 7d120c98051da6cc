/**
 * A line that TCP takes: from a port of its own to one of somebody else's. It can break, fall silent, be slow, and be laid to
 * another place, so that whoever uses it sees what a network does that fails.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Transform, type TransformCallback } from 'node:stream';

export class Line {
  /** So long everything takes on its way, in each direction. */
  delayMs = 0;
  readonly #server: Server;
  readonly #breakers = new Set<() => void>();
  #to: number;
  #isBroken = false;
  #speaks: Promise<void> = Promise.resolve();
  #speakAgain: (() => void) | undefined;

  private constructor(to: number) {
    this.#to = to;
    this.#server = createServer((near) => this.#connect(near));
  }

  /** One to a port of the loopback address, that begins at `hostname`. */
  static async to(port: number, hostname = '127.0.0.1'): Promise<Line> {
    const line = new Line(port);
    await once(line.#server.listen(0, hostname), 'listening');
    // Whoever forgets a line can end all the same.
    line.#server.unref();
    return line;
  }

  /** Where it begins. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Every connection breaks off, and no other is made. */
  break(): void {
    this.#isBroken = true;
    for (const breakOff of [...this.#breakers]) breakOff();
  }

  /** Nothing gets through any more, and nobody is told: as with a cable that is pulled. */
  hush(): void {
    if (this.#speakAgain === undefined) this.#speaks = new Promise((resolve) => (this.#speakAgain = resolve));
  }

  /** Connections can be made again; what was held by the silence goes on its way. */
  mend(): void {
    this.#isBroken = false;
    this.delayMs = 0;
    this.#speakAgain?.();
    this.#speakAgain = undefined;
  }

  /** Connections that are made from now on end at another port; those that there are break off. */
  layTo(port: number): void {
    this.#to = port;
    this.break();
    this.mend();
  }

  async close(): Promise<void> {
    this.break();
    this.#speakAgain?.();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect(near: Socket): void {
    if (this.#isBroken) return void near.destroy();
    const far = connect(this.#to, '127.0.0.1');
    const parts = [near, this.#way(), far, this.#way()] as const;
    const [, there, , back] = parts;
    near.pipe(there).pipe(far).pipe(back).pipe(near);
    const breakOff = (): void => {
      this.#breakers.delete(breakOff);
      for (const part of parts) part.destroy();
    };
    this.#breakers.add(breakOff);
    // That one end broke off is no failure of ours; the other end hears of it unless the line is silent.
    for (const part of parts) part.on('error', () => undefined);
    const tell = (): void => void this.#speaks.then(breakOff);
    near.once('close', tell);
    // What was said before a close in good order still has to arrive.
    far.once('close', (hadError) => (hadError ? tell() : undefined));
  }

  /** What goes one way, in its order. */
  #way(): Transform {
    const pass = async (chunk: Buffer, done: TransformCallback): Promise<void> => {
      if (this.delayMs > 0) await sleep(this.delayMs);
      await this.#speaks;
      done(null, chunk);
    };
    return new Transform({ transform: (chunk: Buffer, _, done) => void pass(chunk, done) });
  }
}
