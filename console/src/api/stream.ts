/**
 * What happens, as it happens (`/api/v1/stream`): statuses go into the cache, what an event concerns is read again. A
 * connection that is lost is made again, and goes on after the last event. A tab in the background holds none, since
 * browsers give a server six in all.
 */
import type { Schemas } from './client';
import { queryClient, refresh } from './queries';

type StreamedEvent = Schemas['EventSummary'];
type StreamedStatus = Schemas['ApplicationStatus'] & { readonly application: string };
type Liveness = 'live' | 'reconnecting';

const SHORTEST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;
/** The server says every 15 seconds that it is there; one that is frozen, or a dead line, breaks no connection. */
const SILENCE_MS = 40_000;
/** However much happens, the screen is read again this often at most. */
const REFRESH_MS = 1000;

/** The key under which the status of an application is in the cache. */
export const statusKey = (application: string) => ['applications', application, 'status'] as const;

/** The keys of what an event may have changed. */
const keysOf = ({ applicationId, kind, subjectId }: StreamedEvent): (readonly string[])[] => [
  ['applications', applicationId],
  ['events'],
  ...(kind === 'application' ? [] : [[`${kind}s`, subjectId, 'applications']]),
];

/** Collects what is to be read again, and reads it once a second. */
class Refresher {
  readonly #keys = new Map<string, readonly string[]>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  add(keys: readonly (readonly string[])[]): void {
    for (const key of keys) this.#keys.set(key.join('/'), key);
    this.#timer ??= setTimeout(() => {
      const due = [...this.#keys.values()];
      this.#timer = undefined;
      this.#keys.clear();
      void refresh(...due);
    }, REFRESH_MS);
  }
}

class Stream {
  #source: EventSource | undefined;
  #liveness: Liveness = 'reconnecting';
  #wait = SHORTEST_WAIT_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #lastEventId: string | undefined;
  #wasLost = false;
  readonly #refresher = new Refresher();
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(event: StreamedEvent) => void>();

  readonly liveness = (): Liveness => this.#liveness;

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Calls back with each event from now on, until the answered function is called. */
  readonly listen = (listener: (event: StreamedEvent) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#rest();
      else this.#connect();
    });
    // The browser knows at once that the network went away, and that it is back. The connection itself falls silent.
    window.addEventListener('offline', () => this.#breakOff());
    window.addEventListener('online', () => this.#hurry());
    if (!document.hidden) this.#connect();
  }

  /** Takes the connection for lost. It is tried again all the same: a server on this machine needs no network. */
  #breakOff(): void {
    const source = this.#source;
    source?.close();
    if (source !== undefined) this.#onLost(source);
  }

  /** Waits no longer for the next try. */
  #hurry(): void {
    if (document.hidden) return;
    clearTimeout(this.#retry);
    this.#wait = SHORTEST_WAIT_MS;
    this.#connect();
  }

  #connect(): void {
    if (this.#source !== undefined) return;
    const after = this.#lastEventId === undefined ? '' : `?lastEventId=${this.#lastEventId}`;
    const source = new EventSource(`/api/v1/stream${after}`);
    this.#source = source;
    source.addEventListener('open', () => this.#onOpen());
    source.addEventListener('error', () => this.#onLost(source));
    source.addEventListener('event', (message: MessageEvent<string>) => this.#onEvent(message));
    source.addEventListener('status', ({ data }: MessageEvent<string>) => this.#onStatus(data));
    for (const sign of ['open', 'event', 'status', 'here'])
      source.addEventListener(sign, () => this.#expectMore());
    this.#expectMore();
  }

  #rest(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = undefined;
    this.#wasLost = true;
  }

  /** Gives the connection up if nothing comes for long. */
  #expectMore(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#breakOff(), SILENCE_MS);
  }

  #onOpen(): void {
    this.#wait = SHORTEST_WAIT_MS;
    // What changed meanwhile without an event, such as a setting, was missed.
    if (this.#wasLost) void queryClient.invalidateQueries();
    this.#wasLost = false;
    this.#become('live');
  }

  /** The browser connects again by itself, but not after an answer that is an error. */
  #onLost(source: EventSource): void {
    this.#wasLost = true;
    this.#become('reconnecting');
    if (source.readyState !== EventSource.CLOSED) return;
    this.#source = undefined;
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }

  #onEvent({ data, lastEventId }: MessageEvent<string>): void {
    const event = JSON.parse(data) as StreamedEvent;
    this.#lastEventId = lastEventId;
    this.#refresher.add(keysOf(event));
    for (const listener of this.#listeners) listener(event);
  }

  #onStatus(data: string): void {
    const status = JSON.parse(data) as StreamedStatus;
    queryClient.setQueryData(statusKey(status.application), status);
    this.#refresher.add([['applications', 'list'], ['attention'], ['first-steps']]);
  }

  #become(liveness: Liveness): void {
    this.#liveness = liveness;
    for (const watcher of this.#watchers) watcher();
  }
}

export const stream = new Stream();
