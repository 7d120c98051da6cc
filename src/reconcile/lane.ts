/**
 * The shell around the core: the only code that calls targets.
 *
 * A lane is one application's work. A slice of it claims what is due (leavers first), lets the core plan it, holds what the
 * brake holds, sends the steps through a sliding window, and settles the outcomes in batches. What it owns is time and
 * order; what is to be done is decided in `provisioning/`, what an answer means in `scim/client`.
 */
import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import { Bell } from '../bell.ts';
import type { Failure, Settlement } from '../provisioning/settlement.ts';
import { pauseConnection } from '../store/connection-state.ts';
import { keepWait } from '../store/lane-wait.ts';
import { readLaneState, type LaneState } from '../store/lease.ts';
import { recoverSendingUsers } from '../store/sending.ts';
import type { Tidying } from '../store/tidying.ts';
import { areLinksUnsure } from '../store/unsure-links.ts';
import { ClaimPace } from './claim-pace.ts';
import { Claims } from './claims.ts';
import type { Connection } from './connection.ts';
import type { Target } from './conversation.ts';
import type { DueReading } from './due-reading.ts';
import { GroupSync } from './group-sync.ts';
import { HeldLease, type HeldLeaseOptions } from './held-lease.ts';
import { runInventory } from './inventory.ts';
import type { RecordEnd } from './record-end.ts';
import { readRoster } from './roster.ts';
import type { LaneMetrics } from './metrics.ts';
import { Settler } from './settler.ts';
import { isSliceOver } from './slice-time.ts';
import { TargetHealth } from './target-health.ts';
import { UserSync } from './user-sync.ts';
import { Window } from './window.ts';

export interface LaneOptions extends HeldLeaseOptions {
  readonly log: Logger;
  readonly sliceSeconds: number;
  /** Whether other lanes may wait for this one to hand itself on; where none does, it works through several slices. */
  readonly othersWait: () => boolean;
  readonly connection: Connection;
  readonly tidying: Tidying;
  readonly metrics: LaneMetrics;
  readonly target: Omit<Target, 'stop' | 'maySend' | 'onRest'>;
  readonly reading: DueReading | null;
}

/** How a slice ended: how many failures in a row the target gave. */
export interface SliceEnd {
  readonly failuresInARow: number;
}

const POLL_MS = 1000;

/** One slice of a lane, under one lease: {@link Lane.run}. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #held: HeldLease;
  readonly #target: Target;
  readonly #window: Window;
  readonly #pace: ClaimPace;
  readonly #health: TargetHealth;
  readonly #settler: Settler;
  readonly #users: UserSync;
  readonly #groups: GroupSync;
  readonly #claims: Claims;
  readonly #halt = new AbortController();
  readonly #bell = new Bell();
  /** Whatever is under way beside users. */
  readonly #tasks = new Set<Promise<void>>();
  readonly #startedAt: number;
  /** What is being read, until it has ended. */
  #reading: DueReading | null;
  /** What it was told of may be that the connection is stopped: so may what it was told of before it could listen. */
  #wasTold = true;
  #failed: Error | null = null;

  constructor(options: LaneOptions) {
    const { clock, db, lease, connection } = options;
    this.#options = options;
    this.#reading = options.reading;
    // Every request that waits for its turn listens to it.
    setMaxListeners(0, this.#halt.signal);
    this.#startedAt = clock.monotonic();
    this.#held = new HeldLease(options);
    this.#target = {
      ...options.target,
      stop: this.#halt.signal,
      maySend: () => !this.#halt.signal.aborted && this.#held.maySend,
      onRest: (restMs) => this.#noteRest(restMs),
    };
    const { concurrency } = connection.behaviour.rate;
    this.#window = new Window(concurrency, clock.monotonic);
    this.#health = new TargetHealth(clock, concurrency);
    this.#pace = new ClaimPace({
      clock,
      concurrency,
      limiter: options.target.limiter,
      window: this.#window,
      atHand: () => this.#atHand,
      isLate: () => this.#isLate,
    });
    this.#settler = new Settler({
      db,
      lease,
      tidying: options.tidying,
      onEnd: (batch, failure) => this.#settled(batch, failure),
      clock,
      expectsMore: () => this.#window.running > 0,
      onState: (state) => this.#onState(state),
    });
    const parts = {
      db,
      lease,
      connection,
      target: this.#target,
      window: this.#window,
      settler: this.#settler,
    };
    this.#users = new UserSync({
      ...parts,
      log: options.log,
      onState: (state) => this.#onState(state),
      onEnd: (end) => this.#userEnded(end),
      onFault: (error) => this.#fail(error),
    });
    this.#groups = new GroupSync(parts);
    this.#claims = new Claims({
      clock,
      db,
      lease,
      pace: this.#pace,
      users: this.#users,
      groups: this.#groups,
      onGroup: (work) => this.#start(work),
      onGroupEnd: (end) => this.#noteEnd(end),
    });
  }

  /** For how long it has only waited for its target, in milliseconds. */
  get waitedMs(): number {
    return this.#window.stillMs;
  }

  /** Something was marked, or an administrator stopped the connection: look at once. */
  wake(): void {
    this.#wasTold = true;
    this.#bell.ring();
  }

  /** Sends nothing more; what is under way is still settled. */
  stop(): void {
    this.#halt.abort();
    this.#bell.nudge();
  }

  /** Works until nothing is due or the slice is over. Throws LeaseLost, once what was under way has ended. */
  async run(): Promise<SliceEnd> {
    const letGo = this.#held.keep({
      inFlight: () => this.#window.running,
      onState: (state) => this.#onState(state),
      onFault: (error) => this.#fail(error),
    });
    try {
      const { db, lease, reading } = this.#options;
      if (lease.interrupted) await recoverSendingUsers(db, lease);
      if (reading !== null) this.#start(this.#read(reading));
      await this.#work();
    } catch (error) {
      this.#fail(error);
    } finally {
      await this.#finish();
      letGo();
    }
    if (this.#failed !== null) throw this.#failed;
    return { failuresInARow: this.#health.failuresInARow };
  }

  async #work(): Promise<void> {
    while (!this.#isOver()) {
      const claimed = await this.#claim();
      if (claimed === 0 && this.#atHand === 0) return;
      if (claimed === 0 && this.#wasTold) await this.#lookAtState();
      else if (claimed === 0 || this.#pace.isFull) await this.#somethingHappens();
    }
  }

  #isOver(): boolean {
    const useList = this.#users.useList || this.#groups.useList;
    return this.#halt.signal.aborted || (this.#isLate && !useList);
  }

  /** It has had its time; what reads a list goes on to its end, however long that is: begun anew, it would take as long. */
  get #isLate(): boolean {
    if (this.#reading !== null) return false;
    const { clock, othersWait, sliceSeconds, target } = this.#options;
    const elapsedMs = clock.monotonic() - this.#startedAt;
    return isSliceOver({
      elapsedMs,
      sliceSeconds,
      lastAnswerMs: target.limiter.lastAnswerMs,
      othersWait,
    });
  }

  /** Of a stopped connection nothing is due: what waits for its turn and what is being read would go on to their end (R5). */
  async #lookAtState(): Promise<void> {
    this.#wasTold = false;
    const { db, lease } = this.#options;
    this.#onState(await readLaneState(db, lease));
  }

  /** How much has begun and not ended. */
  get #atHand(): number {
    return this.#users.count + this.#tasks.size;
  }

  #somethingHappens(): Promise<void> {
    return this.#bell.heard(POLL_MS, this.#options.clock);
  }

  /** Answers how many records were claimed: none before it is known whose the links are. */
  #claim(): Promise<number> {
    this.#bell.forget();
    return this.#reading === 'unsure links' ? Promise.resolve(0) : this.#claims.next();
  }

  #start(work: Promise<void>): void {
    const task = work
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#tasks.delete(task);
        this.#moved();
      });
    this.#tasks.add(task);
  }

  #userEnded(end: RecordEnd): void {
    this.#noteEnd(end);
    this.#usersMoved();
  }

  #settled(batch: readonly Settlement[], failure: unknown): void {
    const { metrics, lease } = this.#options;
    if (failure === null) metrics.settled(batch, lease.applicationId);
    else this.#fail(failure);
    const before = this.#users.count;
    this.#users.ended(batch);
    if (this.#users.count < before) this.#usersMoved();
  }

  /** Groups that waited for the last of their members can be claimed. */
  #usersMoved(): void {
    if (this.#users.count === 0) this.#bell.ring();
    else this.#moved();
  }

  /** Something ended: whoever waits looks where nothing is left, or where there is room for what may be due. */
  #moved(): void {
    if (this.#atHand === 0 || this.#pace.mayTakeMore) this.#bell.nudge();
  }

  #noteEnd(end: RecordEnd): void {
    if (end.kind === 'stop') this.#start(this.#pause(end.failure));
    else if (end.kind === 'later') this.#noteFailure();
    else if (end.kind === 'done') this.#health.noteAnswer();
  }

  async #read(due: DueReading): Promise<void> {
    const { db, lease, connection } = this.#options;
    const read = due === 'roster' ? readRoster : runInventory;
    const failure = await read({ db, lease, connection, target: this.#target, window: this.#window });
    if (failure !== null) await this.#pause(failure);
    const isUnderWay = !this.#halt.signal.aborted;
    if (due === 'unsure links' && isUnderWay && (await areLinksUnsure(db, lease.applicationId)))
      this.#giveUp();
    this.#reading = null;
    this.#bell.ring();
  }

  /** It is not known whose the links are after all. */
  #giveUp(): void {
    this.#health.noteFailure();
    this.stop();
  }

  async #pause(failure: Failure): Promise<void> {
    this.stop();
    const { db, lease, connection } = this.#options;
    await pauseConnection(db, lease, connection.application, failure);
  }

  #noteFailure(): void {
    this.#health.noteFailure();
    if (this.#health.isDown) this.stop();
  }

  #noteRest(restMs: number): void {
    const { db, lease } = this.#options;
    if (this.#health.isNewRest(restMs)) this.#start(keepWait(db, lease, restMs));
  }

  #onState(state: LaneState): void {
    if (state !== 'active') this.stop();
  }

  #fail(error: unknown): void {
    this.#failed ??= error instanceof Error ? error : new Error(String(error));
    this.stop();
  }

  /** Lets what is under way end and settle; what waits for its turn is given back. */
  async #finish(): Promise<void> {
    this.stop();
    while (this.#atHand > 0) await this.#somethingHappens();
    await this.#settler.drain();
  }
}
