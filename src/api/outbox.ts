/** What is still to be sent to one client of the stream. */
import { Readable } from 'node:stream';

const noop = (): void => undefined;

/**
 * What one client of a stream is still to get. A client that reads too slowly is disconnected once more than `limit`
 * characters wait for it: it comes back by itself and says what it had last.
 */
export class Outbox extends Readable {
  readonly #limit: number;
  #wanted = noop;

  constructor(limit: number) {
    super({ encoding: 'utf8' });
    this.#limit = limit;
  }

  send(text: string): void {
    if (this.destroyed) return;
    this.push(text);
    if (this.readableLength > this.#limit) this.destroy();
  }

  /** Until the client has taken most of what was sent, or is gone. */
  async drained(): Promise<void> {
    while (!this.destroyed && this.readableLength > this.readableHighWaterMark)
      await new Promise<void>((resolve) => (this.#wanted = resolve));
  }

  override _read(): void {
    this.#wanted();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#wanted();
    done(error);
  }
}
