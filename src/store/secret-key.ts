/** The key file of a server whose administrator gave none: made once, readable by its owner only, never replaced. */
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '../errors.ts';
import { makeDataDirectory } from './data-directory.ts';

const FORM = /^[A-Za-z0-9+/]{43}=$/;

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function refuseWidePermissions(file: string): void {
  const mode = statSync(file).mode & 0o777;
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  throw new Problem(
    'unavailable',
    `The key file ${file} can be read by others (its mode is ${mode.toString(8)}). Run \`chmod 600 ${file}\`; if others have used this machine, treat the stored tokens as known and generate new ones.`,
  );
}

function readKey(file: string): Buffer {
  refuseWidePermissions(file);
  const text = readFileSync(file, 'utf8').trim();
  if (FORM.test(text)) return Buffer.from(text, 'base64');
  throw new Problem(
    'unavailable',
    `The key file ${file} does not hold a key (32 bytes as base64). Restore it from a backup; with a new key, every stored token has to be entered again.`,
  );
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Two first starts at once agree on one key: the link is made by one of them, and appears with its content. */
function makeKey(directory: string, file: string): void {
  makeDataDirectory(directory);
  // Of nobody else: a process in a container may have the number of one that died here.
  const draft = `${file}.${randomUUID()}`;
  writeDurably(draft, `${randomBytes(32).toString('base64')}\n`);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readOrMake(directory: string, file: string): Buffer {
  try {
    return readKey(file);
  } catch (error) {
    // ENOTDIR: the data directory is a file, which making it tells.
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'ENOTDIR')) throw error;
  }
  makeKey(directory, file);
  return readKey(file);
}

/**
 * The 32 bytes of `secret.key` in the data directory, made where there is none.
 * Throws a `Problem` where it can be neither read nor made, others may read it, or it holds no key.
 */
export function readOrMakeKeyFile(dataDir: string): Buffer {
  const directory = resolve(dataDir);
  const file = join(directory, 'secret.key');
  try {
    return readOrMake(directory, file);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Problem(
      'unavailable',
      `The key file ${file} can't be read or made (${reason}). Give the data directory and what is in it to the user that runs Rollcall (chown), or set ROLLCALL_SECRET_KEY.`,
    );
  }
}
