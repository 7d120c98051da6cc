/**
 * LISTEN on PostgreSQL: one connection of its own, as a pool's come and go, that is made again whenever it is lost.
 * What is notified while it is down is missed: listeners look for themselves from time to time.
 */
import pg from 'pg';
import { Channels, type Callback } from './channels.ts';
import type { StoreLog } from './log.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;

/** Doubles with each failure; the random half keeps many processes from coming back at the same moment. */
const waitBefore = (attempt: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + Math.random() / 2);

/** A client of PostgreSQL that tells once that it is of no use any more: its `error` and its `end` may both come. */
function makeClient(
  url: string,
  onLost: (why: string) => void,
): { client: pg.Client; drop: (error: unknown) => void } {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'rollcall listener',
    keepAlive: true,
    // Linux begins after two hours, by which a host that vanished without a word would be missed.
    keepAliveInitialDelayMillis: 10_000,
  });
  let alive = true;
  const drop = (error: unknown): void => {
    if (!alive) return;
    alive = false;
    client.end().catch(() => undefined);
    onLost(error instanceof Error ? error.message : String(error));
  };
  client.on('error', drop);
  client.on('end', () => drop('closed'));
  return { client, drop };
}

const statement = (client: pg.Client, verb: 'LISTEN' | 'UNLISTEN', channel: string): string =>
  `${verb} ${client.escapeIdentifier(channel)}`;

/** Connects at the first {@link Listener.listen}. */
export class Listener {
  readonly #url: string;
  readonly #log: StoreLog;
  readonly #channels = new Channels();
  #current: Promise<pg.Client | undefined> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #closed = false;

  constructor(url: string, log: StoreLog) {
    this.#url = url;
    this.#log = log;
  }

  /** Calls back for each notification; answers what stops that. */
  readonly listen = async (channel: string, callback: Callback): Promise<() => Promise<void>> => {
    this.#channels.add(channel, callback);
    await this.#send('LISTEN', channel);
    return () => this.#stop(channel, callback);
  };

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = await this.#current;
    await client?.end();
  }

  async #stop(channel: string, callback: Callback): Promise<void> {
    if (this.#channels.remove(channel, callback) && !this.#closed) await this.#send('UNLISTEN', channel);
  }

  /** Statements on a lost connection are not repeated: the next one listens to everything that is then wanted. */
  async #send(verb: 'LISTEN' | 'UNLISTEN', channel: string): Promise<void> {
    if (this.#retry === undefined) this.#current ??= this.#connect();
    const client = await this.#current;
    await client?.query(statement(client, verb, channel)).catch(() => undefined);
  }

  async #connect(): Promise<pg.Client | undefined> {
    const { client, drop } = makeClient(this.#url, (why) => this.#onLost(why));
    client.on('notification', this.#channels.tell);
    try {
      await client.connect();
      for (const channel of this.#channels.names) await client.query(statement(client, 'LISTEN', channel));
      this.#failures = 0;
      return client;
    } catch (error) {
      drop(error);
      return undefined;
    }
  }

  #onLost(why: string): void {
    this.#current = undefined;
    if (this.#closed || this.#retry !== undefined) return;
    const wait = waitBefore(this.#failures++);
    this.#log.warn(
      `The database connection for notifications was lost (${why}); trying again in ${Math.round(wait)} ms.`,
    );
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#current ??= this.#connect();
    }, wait);
  }
}
