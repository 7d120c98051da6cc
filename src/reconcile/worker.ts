/**
 * A worker: takes lanes that are due and works on several at once, each for a slice. Any number of workers on any number
 * of machines share the lanes through the database; each survives the others.
 */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { uuidv7 } from 'uuidv7';
import { Bell } from '../bell.ts';
import { momentOf, type Clock, type Moment } from '../clock.ts';
import type { Config } from '../config.ts';
import { Problem } from '../errors.ts';
import { pauseConnection } from '../store/connection-state.ts';
import type { Database } from '../store/database.ts';
import { closeEmptyHold } from '../store/holds.ts';
import { LANES_CHANNEL, notifyLane } from '../store/lanes.ts';
import { LeaseLost, msUntilDue, releaseLane, takeLane, type HandBack, type Lease } from '../store/lease.ts';
import type { SecretBox } from '../store/secrets.ts';
import { Tidying } from '../store/tidying.ts';
import type { Span, Tracing } from '../tracing/tracing.ts';
import { loadConnection, readToken, type Address, type Connection } from './connection.ts';
import { readingDue } from './due-reading.ts';
import { Lane, type SliceEnd } from './lane.ts';
import { laneMetrics, type LaneMetrics } from './metrics.ts';
import { Rests } from './rests.ts';
import { Targets } from './targets.ts';

export type WorkerConfig = Pick<
  Config,
  'leaseSeconds' | 'sliceSeconds' | 'lanes' | 'requestTimeoutSeconds' | 'allowPrivateTargets'
>;

export interface WorkerDeps {
  readonly database: Database;
  readonly secrets: SecretBox;
  readonly clock: Clock;
  readonly config: WorkerConfig;
  readonly log: Logger;
  /** Where it counts its work; nowhere where nobody looks. */
  readonly metrics?: Registry;
  readonly tracing?: Tracing;
  /** The first wait after a failure, in milliseconds; each further one is twice as long. */
  readonly backoffMs?: number;
}

/** A NOTIFY wakes a worker at once, and so does the time at which a lane is due; this is how long it waits at most. */
const POLL_MS = 1000;
/** A lane whose target has not answered for so long makes room for another one: waiting costs a process next to nothing. */
const PATIENCE_MS = 250;
/** Those that wait hold what they have claimed: there are so many times more lanes than places at most. */
const MOST_IN_A_PLACE = 8;
/** How long a lane rests after an error of our own, such as a database that was away. */
const REST_MS = 2000;

/** The worker of a process, from {@link Worker.start} to {@link Worker.stop}. */
export class Worker {
  readonly #deps: WorkerDeps;
  readonly #owner = `${hostname()}:${process.pid}:${uuidv7().slice(-12)}`;
  readonly #metrics: LaneMetrics;
  readonly #targets: Targets;
  readonly #tidying: Tidying;
  readonly #lanes = new Map<string, Lane>();
  readonly #slices = new Set<Promise<void>>();
  readonly #rests: Rests;
  readonly #bell = new Bell();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();
  #unlisten: () => Promise<void> = () => Promise.resolve();

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
    this.#tidying = new Tidying(deps.database.db, (error) => {
      deps.log.warn({ err: error }, 'Could not tidy the tables up after much work; autovacuum will.');
    });
    this.#metrics = laneMetrics(deps.metrics ?? new Registry());
    const { backoffMs = 1000, clock, config, log, tracing } = deps;
    this.#rests = new Rests(backoffMs);
    const observers = { log, metrics: this.#metrics, tracing };
    this.#targets = new Targets(clock, config, backoffMs, observers);
  }

  /** Begins to take lanes. */
  async start(): Promise<void> {
    this.#unlisten = await this.#deps.database.listen(LANES_CHANNEL, (applicationId) => {
      this.#lanes.get(applicationId)?.wake();
      this.#bell.ring();
    });
    this.#loop = this.#run();
  }

  /** Takes no more lanes; lets what is under way end and be settled, and gives every lane back at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#bell.ring();
    for (const lane of this.#lanes.values()) lane.stop();
    await this.#loop;
    await Promise.all(this.#slices);
    await this.#unlisten();
    await this.#tidying.idle();
    await this.#targets.close();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const waitMs = this.#isFull() ? PATIENCE_MS : await this.#takeOne();
      if (waitMs > 0) await this.#bell.heard(waitMs, this.#deps.clock);
    }
  }

  /** Whether every place is taken; a lane that only waits for its target takes none. */
  #isFull(): boolean {
    const { lanes } = this.#deps.config;
    const waiting = [...this.#lanes.values()].filter((lane) => lane.waitedMs > PATIENCE_MS);
    return this.#slices.size - waiting.length >= lanes || this.#slices.size >= lanes * MOST_IN_A_PLACE;
  }

  /** Begins with the most overdue lane. Answers how many milliseconds to wait before the next look, 0 where it took one. */
  async #takeOne(): Promise<number> {
    const { db } = this.#deps.database;
    try {
      const leasedAt = momentOf(this.#deps.clock);
      const { failing } = this.#rests;
      const lease = await takeLane(db, this.#owner, this.#deps.config.leaseSeconds, failing);
      if (lease === null) return Math.max(1, Math.min(POLL_MS, await msUntilDue(db, failing)));
      const ended = this.#metrics.sliceBegins();
      const slice = this.#slice(lease, leasedAt).finally(() => {
        ended();
        this.#slices.delete(slice);
        this.#bell.ring();
      });
      this.#slices.add(slice);
      return 0;
    } catch (error) {
      this.#deps.log.error({ err: error }, 'Could not take a lane; the database may be away. Trying again.');
      return POLL_MS;
    }
  }

  async #slice(lease: Lease, leasedAt: Moment): Promise<void> {
    const { log } = this.#deps;
    let delayMs = REST_MS;
    let finished = false;
    try {
      const end = await this.#work(lease, leasedAt);
      if (end !== null) delayMs = this.#restAfter(lease, end);
      finished = end !== null;
    } catch (error) {
      if (error instanceof LeaseLost) {
        log.warn({ application: lease.applicationId }, 'Lost the lease of a lane; another worker goes on.');
        return;
      }
      log.error(
        { err: error, application: lease.applicationId },
        'A slice of work failed; it is tried again.',
      );
    }
    await this.#giveBack(lease, { delayMs, finished });
    this.#tidying.noteRest();
  }

  /** Tried until the database takes it or the lease has run out, so that work goes on as soon as a database that was away is back. */
  async #giveBack(lease: Lease, how: HandBack): Promise<void> {
    const { database, log, clock, config } = this.#deps;
    const ranOutAt = clock.monotonic() + config.leaseSeconds * 1000;
    do {
      try {
        await releaseLane(database.db, lease, how);
        // Whoever goes on does so now, not when they look next.
        if (this.#stopped) await notifyLane(database.db, lease.applicationId);
        return;
      } catch (error) {
        if (error instanceof LeaseLost) return;
        log.error({ err: error, application: lease.applicationId }, 'Could not give a lane back yet.');
        await clock.sleep(REST_MS);
      }
    } while (!this.#stopped && clock.monotonic() < ranOutAt);
  }

  /** Null where nothing could be begun: what a process before left under way is still to be made sure of. Throws LeaseLost. */
  async #work(lease: Lease, leasedAt: Moment): Promise<SliceEnd | null> {
    const { database, clock, config, log, tracing } = this.#deps;
    const connection = await loadConnection(database.db, lease.applicationId);
    const token = await this.#openToken(connection, lease);
    if (token === undefined) return null;
    const address = requireAddress(connection, token);
    const reading = await readingDue(database.db, lease.applicationId);
    const slice = tracing && beginSlice(tracing, lease);
    const lane = new Lane({
      db: database.db,
      clock,
      log,
      lease,
      leasedAt,
      leaseSeconds: config.leaseSeconds,
      sliceSeconds: config.sliceSeconds,
      othersWait: () => this.#isFull(),
      connection,
      tidying: this.#tidying,
      metrics: this.#metrics,
      target: this.#targets.of(connection, address, slice),
      reading,
    });
    this.#lanes.set(lease.applicationId, lane);
    if (this.#stopped) lane.stop();
    try {
      const end = await lane.run();
      await closeEmptyHold(database.db, lease);
      return end;
    } finally {
      // Whoever slept through the end of a lease may have taken it anew meanwhile.
      if (this.#lanes.get(lease.applicationId) === lane) this.#lanes.delete(lease.applicationId);
      slice?.end();
    }
  }

  /** The token, undefined where this server cannot open it: then nothing can be sent until a person has seen to it (R44). */
  async #openToken({ application }: Connection, lease: Lease): Promise<string | null | undefined> {
    const { database, secrets } = this.#deps;
    try {
      return await readToken(database.db, secrets, application.id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const message = `${error.message} With the right key, resume the connection; to enter the token again, deactivate it first, and activate it afterwards.`;
      await pauseConnection(database.db, lease, application, { code: 'token-unreadable', message });
      return undefined;
    }
  }

  /** A process that stops leaves no rest behind: whoever takes the lane over begins at once. */
  #restAfter({ applicationId }: Lease, { failuresInARow }: SliceEnd): number {
    return this.#rests.after(applicationId, this.#stopped ? 0 : failuresInARow);
  }
}

/** A slice answers many changes: it has a trace of its own, to which the requests of each are linked. */
function beginSlice(tracing: Tracing, { applicationId }: Lease): Span {
  const attributes = { 'rollcall.application': applicationId };
  return tracing.begin({ name: 'slice', kind: 'internal', parent: null, attributes });
}

function requireAddress({ baseUrl, application }: Connection, token: string | null): Address {
  if (baseUrl === null || token === null) {
    throw new Problem(
      'conflict',
      `The connection of ${application.label} has no base URL or no token. Deactivate it, set both, and activate it again.`,
    );
  }
  return { baseUrl, token };
}
