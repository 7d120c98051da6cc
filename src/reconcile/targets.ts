/** The targets that a process talks to: their connections and their pace outlive a slice. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Span, Tracing } from '../tracing/tracing.ts';
import type { Address, Connection } from './connection.ts';
import type { Target } from './conversation.ts';
import { Limiter } from './limiter.ts';
import type { LaneMetrics } from './metrics.ts';
import { logging, traced } from './outgoing.ts';
import { createTransport, type Observer, type Transport } from './transport.ts';

interface Kept {
  readonly settings: string;
  readonly transport: Transport;
  readonly limiter: Limiter;
}

/** What is told of each request: the log, the metrics, the traces, as far as there are any. */
export interface Observers {
  readonly log?: Logger | undefined;
  readonly metrics?: LaneMetrics | undefined;
  readonly tracing?: Tracing | undefined;
}

/** One target for each application, made anew when its connection has changed. */
export class Targets {
  readonly #clock: Clock;
  readonly #config: Pick<Config, 'requestTimeoutSeconds' | 'allowPrivateTargets'>;
  readonly #backoffMs: number;
  readonly #observers: Observers;
  readonly #kept = new Map<string, Kept>();

  constructor(
    clock: Clock,
    config: Pick<Config, 'requestTimeoutSeconds' | 'allowPrivateTargets'>,
    backoffMs: number,
    observers: Observers,
  ) {
    this.#clock = clock;
    this.#config = config;
    this.#backoffMs = backoffMs;
    this.#observers = observers;
  }

  /**
   * The target of a connection, with the transport and the pace that it had before unless its settings changed. `slice` is
   * the work as a part of which it is asked.
   */
  of(connection: Connection, address: Address, slice?: Span): Omit<Target, 'stop' | 'maySend'> {
    const { transport, limiter } = this.#keep(connection, address);
    const { application, behaviour, mapping, paths } = connection;
    const { tracing } = this.#observers;
    return {
      transport: tracing === undefined ? transport : traced(transport, application.id, tracing, slice),
      limiter,
      clock: this.#clock,
      behaviour,
      mapping,
      paths,
      token: address.token,
      backoffMs: this.#backoffMs,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.values()].map(({ transport }) => transport.close()));
    this.#kept.clear();
  }

  #keep({ application, behaviour }: Connection, address: Address): Kept {
    const { requestsPerSecond, concurrency } = behaviour.rate;
    const settings = JSON.stringify([address, requestsPerSecond, concurrency]);
    const known = this.#kept.get(application.id);
    if (known?.settings === settings) return known;
    void known?.transport.close();
    const target = { ...address, ...this.#limits(concurrency) };
    const kept = {
      settings,
      transport: createTransport(target, this.#clock, this.#observersOf(application.id)),
      limiter: new Limiter(this.#clock, requestsPerSecond),
    };
    this.#kept.set(application.id, kept);
    return kept;
  }

  #observersOf(applicationId: string): Observer[] {
    const { log, metrics } = this.#observers;
    return [metrics?.counting(applicationId), log && logging(applicationId, log)].filter(
      (observer) => observer !== undefined,
    );
  }

  #limits(connections: number): { allowPrivate: boolean; timeoutMs: number; connections: number } {
    const { allowPrivateTargets, requestTimeoutSeconds } = this.#config;
    return { allowPrivate: allowPrivateTargets, timeoutMs: requestTimeoutSeconds * 1000, connections };
  }
}
