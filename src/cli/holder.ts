/**
 * The server that holds the embedded database, as a command finds it: by the lock in the data directory. What is written there is
 * believed only where the server at that address says the lock's id, so that no key goes to another program.
 */
import { resolve } from 'node:path';
import { request } from 'undici';
import type { Config } from '../config.ts';
import { Problem } from '../errors.ts';
import { LOCK_HEADER, type DirectoryHolder } from '../store/lock.ts';

/** A server on this machine answers this at once, or is in no state to be asked for more. */
const TIMEOUT_MS = 5_000;

const ELSEWHERE = 'If the server listens elsewhere, say where with --server.';

export interface HoldingServer {
  readonly server: string;
  /** Why it is asked. */
  readonly why: string;
  /** What to do where it cannot be reached. */
  readonly hint: string;
  /** Throws a `Problem` where something else answers there, or nothing. */
  readonly makeSure: () => Promise<void>;
}

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The id of the lock that a server says it has; undefined where it says none. Throws a `Problem` where nothing answers. */
async function idAt(server: string): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { headers, body } = await request(`${server}/healthz`, { signal });
    await body.dump();
    return headers[LOCK_HEADER];
  } catch (error) {
    const said = `The server at ${server} can't be reached: ${inWords(error)}. It may be starting or stopping: try again in a moment.`;
    throw new Problem('unavailable', `${said} ${ELSEWHERE}`);
  }
}

async function requireId(server: string, id: string, directory: string): Promise<void> {
  if ((await idAt(server)) === id) return;
  throw new Problem(
    'unavailable',
    `What answers at ${server} is not the Rollcall that uses the data directory ${directory}; it was sent no key. ${ELSEWHERE}`,
  );
}

function answersNothing(directory: string, pid: number): Problem {
  return new Problem(
    'unavailable',
    `Process ${pid} uses the data directory ${directory}, and answers nothing: a command is at work there, or a server is starting. Try again when it is done.`,
  );
}

/**
 * Where the process that holds the data directory answers: as its lock says, or at `PORT` of this machine, where the process is on
 * another one (such as a container with that port) or of a version that wrote no address. Throws a `Problem` where it answers nothing.
 */
export function serverOfHolder(
  { dataDir, port }: Pick<Config, 'dataDir' | 'port'>,
  { pid, isHere, id, address }: DirectoryHolder,
): HoldingServer {
  const directory = resolve(dataDir);
  if (isHere && id !== undefined && address === undefined) throw answersNothing(directory, pid);
  const server = (isHere ? address : undefined) ?? `http://127.0.0.1:${port}`;
  return {
    server,
    why: `A Rollcall uses the data directory ${directory}, so this command asks it at ${server}.`,
    hint: ELSEWHERE,
    makeSure: () => (id === undefined ? Promise.resolve() : requireId(server, id, directory)),
  };
}
