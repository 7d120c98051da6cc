/** The data directory: where the embedded database and the key file are, made at the first start. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
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
