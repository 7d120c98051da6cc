/**
 * What happens, read once for all clients of the stream: events as they are written, and the status of applications as it
 * changes. It listens to the database while there are clients, and looks by itself from time to time where a notification
 * was missed.
 */
import { Bell } from '../bell.ts';
import type { Clock } from '../clock.ts';
import { eventsAfter, type LoggedEvent } from '../store/event-log.ts';
import { EVENTS_CHANNEL } from '../store/events.ts';
import type { Database } from '../store/database.ts';
import { LANES_CHANNEL } from '../store/lanes.ts';
import { getStatus, type ApplicationStatus } from '../store/status.ts';
import { floorId, LATE_MS, timeOf } from '../store/event-ids.ts';
import { statusAnswer } from './status.ts';

/** Whoever is told; `null` is told of every application. */
export interface Watcher {
  readonly application: string | null;
  readonly onEvent: (event: LoggedEvent) => void;
  readonly onStatus: (status: ApplicationStatus) => void;
}

const BATCH = 500;
/** Many notifications within this time are one look. */
const REST_MS = 100;
const LONGEST_REST_MS = 15_000;
const STATUS_EVERY_MS = 1000;
/** Reading statuses takes at most this share of the time. */
const STATUS_SHARE = 1 / 20;
/** What happens, told to those who watch, from {@link Feed.start} to {@link Feed.stop}. */
export class Feed {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #watchers: ReadonlySet<Watcher>;
  readonly #stop = new AbortController();
  readonly #known = new Set<string>();
  readonly #lookAt = new Set<string>();
  readonly #shown = new Map<string, string>();
  readonly #bell = new Bell();
  #newest: number;
  #statusAfter = 0;
  #ended: Promise<void> = Promise.resolve();

  constructor(database: Database, clock: Clock, watchers: ReadonlySet<Watcher>) {
    this.#database = database;
    this.#clock = clock;
    this.#watchers = watchers;
    this.#newest = clock.now().getTime();
  }

  /** Begins with what happens from now on. Rejects where the database is away, and then listens to nothing. */
  async start(): Promise<void> {
    const quiet: (() => Promise<void>)[] = [];
    const silence = (): Promise<unknown> => Promise.all(quiet.map((stop) => stop()));
    try {
      for (const channel of [EVENTS_CHANNEL, LANES_CHANNEL])
        quiet.push(await this.#database.listen(channel, (application) => this.look(application)));
      await this.#read(() => undefined);
    } catch (error) {
      await silence();
      throw error;
    }
    this.#ended = this.#run().finally(silence);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#bell.ring();
    await this.#ended;
  }

  /** Something has happened in an application, or its status is wanted. */
  look(application: string): void {
    this.#lookAt.add(application);
    this.#bell.ring();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#bell.heard(this.#lookAt.size > 0 ? STATUS_EVERY_MS : LONGEST_REST_MS, this.#clock);
      try {
        await this.#read((event) => this.#share(event));
        await this.#shareStatuses();
      } catch {
        // The database may be away: the next look shows what this one missed.
        this.#bell.ring();
        await this.#clock.sleep(STATUS_EVERY_MS, this.#stop.signal);
      }
      await this.#clock.sleep(REST_MS, this.#stop.signal);
    }
  }

  async #read(share: (event: LoggedEvent) => void): Promise<void> {
    let page: readonly LoggedEvent[];
    do {
      page = await eventsAfter(this.#database.db, floorId(this.#newest - LATE_MS), {
        known: [...this.#known],
        limit: BATCH,
      });
      this.#remember(page);
      page.forEach(share);
    } while (page.length === BATCH);
  }

  #remember(page: readonly LoggedEvent[]): void {
    for (const { id } of page) {
      this.#known.add(id);
      this.#newest = Math.max(this.#newest, timeOf(id));
    }
    for (const id of this.#known) if (timeOf(id) < this.#newest - LATE_MS) this.#known.delete(id);
  }

  #share(event: LoggedEvent): void {
    this.#lookAt.add(event.applicationId);
    for (const watcher of this.#watchersOf(event.applicationId)) watcher.onEvent(event);
  }

  async #shareStatuses(): Promise<void> {
    const started = this.#clock.monotonic();
    if (started < this.#statusAfter) return;
    const applications = [...this.#lookAt];
    this.#lookAt.clear();
    for (const application of applications) await this.#shareStatus(application);
    const took = this.#clock.monotonic() - started;
    this.#statusAfter = started + Math.max(STATUS_EVERY_MS, took / STATUS_SHARE);
  }

  async #shareStatus(application: string): Promise<void> {
    const watchers = this.#watchersOf(application);
    if (watchers.length === 0) return;
    const status = await getStatus(this.#database.db, application).catch(() => null);
    if (status === null) return;
    // Nobody is told when a lane comes to rest, so a busy one is looked at until it has; a paused one stays as it is.
    if (!status.idle && status.state !== 'paused') this.#lookAt.add(application);
    const text = JSON.stringify(statusAnswer(status));
    if (this.#shown.get(application) === text) return;
    this.#shown.set(application, text);
    for (const watcher of watchers) watcher.onStatus(status);
  }

  #watchersOf(application: string): Watcher[] {
    return [...this.#watchers].filter(
      (watcher) => watcher.application === null || watcher.application === application,
    );
  }
}
