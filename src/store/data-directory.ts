/** The data directory: where the embedded database and the key file are, made at the first start. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../errors.ts';

const isDirectory = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Node's own recursive mkdir tries for ever where a directory that is there answers ENOENT, as /proc does. */
function makeWithParents(directory: string): void {
  if (isDirectory(directory)) return;
  makeWithParents(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isDirectory(directory)) throw error;
  }
}

/** Makes the directory (an absolute path) and those above it where they are missing, for their owner only. */
export function makeDataDirectory(directory: string): void {
  try {
    makeWithParents(directory);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(
      'unavailable',
      `The data directory ${directory} can't be made (${reason}). Set ROLLCALL_DATA_DIR to a directory that this user may write to.`,
    );
  }
}

/** Whether something of that name is in the data directory. Throws a `Problem` where this user cannot tell. */
export function isKept(directory: string, name: string): boolean {
  try {
    return statSync(join(directory, name), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(
      'unavailable',
      `The data directory ${directory} can't be read (${reason}). Run this as the user that runs Rollcall, or ask a running server with --server.`,
    );
  }
}
