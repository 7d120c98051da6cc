/**
 * LISTEN on PostgreSQL: one connection of its own, as a pool's come and go, that is made again whenever it is lost.
 * What is notified while it is down is missed: listeners look for themselves from time to time.
 */
import pg from 'pg';
import { Channels, type Callback } from './channels.ts';
import type { StoreLog } from './log.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;

interface Listener {
  readonly listen: (channel: string, callback: Callback) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

/** Doubles with each failure; the random half keeps many processes from coming back at the same moment. */
const waitBefore = (attempt: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + Math.random() / 2);

/** Connects at the first `listen`. */
export function createListener(url: string, log: StoreLog): Listener {
  const channels = new Channels();
  let current: Promise<pg.Client | undefined> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  const lost = (why: string): void => {
    current = undefined;
    if (closed || retry !== undefined) return;
    const wait = waitBefore(failures++);
    log.warn(
      `The database connection for notifications was lost (${why}); trying again in ${Math.round(wait)} ms.`,
    );
    retry = setTimeout(() => {
      retry = undefined;
      current ??= connect();
    }, wait);
  };

  const connect = async (): Promise<pg.Client | undefined> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'rollcall listener',
      keepAlive: true,
    });
    let alive = true;
    const drop = (why: string): void => {
      if (!alive) return;
      alive = false;
      client.end().catch(() => undefined);
      lost(why);
    };
    client.on('error', (error) => drop(error.message));
    client.on('end', () => drop('closed'));
    client.on('notification', channels.tell);
    try {
      await client.connect();
      for (const channel of channels.names) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
      failures = 0;
      return client;
    } catch (error) {
      drop(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };

  /** Statements on a lost connection are not repeated: the next one listens to everything that is then wanted. */
  const send = async (verb: 'LISTEN' | 'UNLISTEN', channel: string): Promise<void> => {
    if (retry === undefined) current ??= connect();
    const client = await current;
    await client?.query(`${verb} ${client.escapeIdentifier(channel)}`).catch(() => undefined);
  };

  const stop = async (channel: string, callback: Callback): Promise<void> => {
    if (channels.remove(channel, callback) && !closed) await send('UNLISTEN', channel);
  };

  return {
    listen: async (channel, callback) => {
      channels.add(channel, callback);
      await send('LISTEN', channel);
      return () => stop(channel, callback);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      const client = await current;
      await client?.end();
    },
  };
}
