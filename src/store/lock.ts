/**
 * The lock of a data directory: PGlite has none of its own, and a second process would destroy the database.
 *
 * The lock is a file that names its holder. A holder on this machine is asked for by process id and start time (ids are
 * used again, in containers all the time); one on another machine or in another container, which may share the directory, by
 * the file's modification time, which a holder renews. A server also writes where it answers, for commands (`cli/holder.ts`).
 */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { Problem } from '../errors.ts';
import { isRunning, processSpace, startOf } from './process-identity.ts';

/** The header of `/healthz` in which a server says the id of the lock that it has. */
export const LOCK_HEADER = 'rollcall-lock';

const RENEW_MS = 5_000;
const STALE_AFTER_MS = 20_000;

const holderSchema = z.object({
  pid: z.number(),
  started: z.string(),
  host: z.string(),
  // Versions before this one wrote none of these. What is wrong with them makes no lock that is held one of nobody.
  space: z.string().optional().catch(undefined),
  id: z.string().optional().catch(undefined),
  address: z
    .url({ protocol: /^http$/ })
    .optional()
    .catch(undefined),
});
type Holder = z.output<typeof holderSchema>;

/** Of the process that holds it. */
export interface DirectoryLock {
  /** Of this lock alone, and no secret: it tells the server that says it ({@link LOCK_HEADER}) from another program at its address. */
  readonly id: string;
  /** Writes down where the process answers from now on, such as `http://127.0.0.1:8080`. */
  readonly tellAddress: (address: string) => void;
  readonly release: () => void;
}

const isHere = ({ host, space = processSpace() }: Holder): boolean =>
  host === hostname() && space === processSpace();

/** A lock file that was cut short by a crash names nobody. */
function parseHolder(text: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const renewedAt = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

function isHeld(file: string, holder: Holder): boolean {
  // Released between our read and this look, it is nobody's.
  if (!isHere(holder)) return Date.now() - (renewedAt(file) ?? -Infinity) < STALE_AFTER_MS;
  return isRunning(holder.pid) && startOf(holder.pid) === holder.started;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function inUse(directory: string, holder: Holder): Problem {
  const elsewhere = holder.host === hostname() ? ' in another container' : ` on ${holder.host}`;
  const where = isHere(holder) ? '' : elsewhere;
  const answers = holder.address === undefined ? '' : `, which answers at ${holder.address}`;
  return new Problem(
    'unavailable',
    `The data directory ${directory} is in use by process ${holder.pid}${where}${answers}. The embedded database has room for one process: stop that one first, or set ROLLCALL_DATA_DIR to another directory, or DATABASE_URL to a PostgreSQL, which any number of processes can share.`,
  );
}

/** Moves a dead holder's file away. Renaming decides between two who found it at once. */
function clear(file: string, stale: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  // Another process may have taken the lock between our look and our rename: then it gets its file back.
  if (read(aside) !== stale) linkSync(aside, file);
  rmSync(aside, { force: true });
}

/** Of nobody else: processes in containers that share the directory may have the same number. */
const draftOf = (file: string): string => `${file}.new.${randomUUID()}`;

function tryTake(file: string, content: string): boolean {
  const draft = draftOf(file);
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    // A link appears with its content, so nobody reads half a lock; it fails where there is one.
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Puts other content in place of a file, so that nobody reads half of it. */
function replace(file: string, content: string): void {
  const draft = draftOf(file);
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}

function hold(file: string, own: Holder & { readonly id: string }): DirectoryLock {
  let content = JSON.stringify(own);
  const isOwn = (): boolean => read(file) === content;
  const renewal = setInterval(() => {
    if (isOwn()) utimesSync(file, new Date(), new Date());
  }, RENEW_MS);
  renewal.unref();
  return {
    id: own.id,
    tellAddress: (address) => {
      if (!isOwn()) return;
      const told = JSON.stringify({ ...own, address });
      replace(file, told);
      content = told;
    },
    release: () => {
      clearInterval(renewal);
      if (isOwn()) rmSync(file, { force: true });
    },
  };
}

/** Takes the lock of a directory, or throws a `Problem` that names who holds it. A dead process holds nothing. */
export function lockDirectory(directory: string): DirectoryLock {
  const file = lockFile(directory);
  const own = {
    pid: process.pid,
    started: startOf(process.pid),
    host: hostname(),
    space: processSpace(),
    id: randomUUID(),
  };
  for (let attempt = 0; attempt < 10; attempt++) {
    if (tryTake(file, JSON.stringify(own))) return hold(file, own);
    const found = read(file);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder !== undefined && isHeld(file, holder)) throw inUse(directory, holder);
    clear(file, found);
  }
  throw new Problem(
    'unavailable',
    `The lock ${file} can't be taken: other processes start at the same moment. Start again.`,
  );
}

/**
 * The same, with patience for a holder of whom only the renewals can be seen: one that died in another container or machine renews
 * no more, and the lock is taken when it has had the time to.
 */
export async function lockDirectoryInTime(directory: string): Promise<DirectoryLock> {
  const file = lockFile(directory);
  for (;;) {
    const before = renewedAt(file);
    try {
      return lockDirectory(directory);
    } catch (error) {
      if (holderOf(directory)?.isHere !== false) throw error;
      await setTimeout(RENEW_MS * 1.5);
      if (renewedAt(file) !== before) throw error;
    }
  }
}

const lockFile = (directory: string): string => join(directory, 'rollcall.lock');

/** Who has the lock of a directory, as it is of use to another process. */
export interface DirectoryHolder {
  readonly pid: number;
  readonly isHere: boolean;
  /** Left out by a version that wrote none. */
  readonly id: string | undefined;
  /** Where it answers, on its own machine; left out where it answers nothing, or by a version that wrote none. */
  readonly address: string | undefined;
}

/** The living process that has the lock of a directory; null where none has. A glance: it may change at any time. */
export function holderOf(directory: string): DirectoryHolder | null {
  const file = lockFile(directory);
  const holder = parseHolder(read(file) ?? '');
  if (holder === undefined || !isHeld(file, holder)) return null;
  const { pid, id, address } = holder;
  return { pid, isHere: isHere(holder), id, address };
}
