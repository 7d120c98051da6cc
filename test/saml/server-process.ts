/** Other people's servers: each in a temporary directory, and gone with the test, even where that is killed. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';

/**
 * The shell waits for its input to end, which it does when the test ends in whatever way; then it ends the server
 * and removes its directory.
 */
const KEEPER = '"$@" & server=$!; read -r _; kill -TERM $server; wait $server; rm -rf "$DIRECTORY"';

/** A directory that the servers' own users may read; what is in it is worth nothing outside the test. */
export function newDirectory(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-saml-'));
  chmodSync(directory, 0o755);
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(directory, name), text, { mode: 0o644 });
  return directory;
}

export interface ServerProcess {
  /** Ends it, and removes the directory that it was started in. */
  readonly stop: () => Promise<void>;
  readonly log: () => string;
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode === null && child.signalCode === null) child.once('close', () => resolve());
    else resolve();
  });

/** Starts a program that stays in the foreground; its output is in `${name}.log`. */
export function startProcess(
  directory: string,
  name: string,
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ServerProcess {
  const file = join(directory, `${name}.log`);
  const log = openSync(file, 'a');
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', ...command], {
    cwd: directory,
    detached: true,
    env: { PATH: process.env.PATH, DIRECTORY: directory, ...env },
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const stop = async (): Promise<void> => {
    keeper.stdin?.end();
    await ended(keeper);
  };
  return { stop, log: () => readFileSync(file, 'utf8') };
}

const ATTEMPTS = 600;

/** The text at an address, as soon as it is there. */
export async function textWhenReady(url: string, server: ServerProcess): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const answer = await request(url).catch(() => undefined);
    const text = await answer?.body.text();
    if (answer?.statusCode === 200 && text !== undefined) return text;
    await sleep(50);
  }
  const log = server.log();
  await server.stop();
  throw new Error(`Nothing answers at ${url}: ${log}`);
}
