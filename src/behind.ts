/** Work that goes on behind an answer, where the time that it takes would tell something: whether there is such an account. */
import type { FastifyBaseLogger } from 'fastify';

/** Keeps an eye on such work, so that a server that stops waits for it. */
export class Behind {
  readonly #running = new Set<Promise<void>>();
  readonly #logger: Pick<FastifyBaseLogger, 'error'> | undefined;

  constructor(logger?: Pick<FastifyBaseLogger, 'error'>) {
    this.#logger = logger;
  }

  /** Goes on without anybody who waits; `failure` is what the log says where it fails. */
  run(work: Promise<void>, failure: string): void {
    const done = work
      .catch((error: unknown) => this.#logger?.error({ err: error }, failure))
      .then(() => void this.#running.delete(done));
    this.#running.add(done);
  }

  /** When all that began before has ended. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }
}
