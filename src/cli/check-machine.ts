/** What the doctor finds on this machine, without asking anybody: settings, data directory, secret key. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { configWarnings } from '../config-warnings.ts';
import type { Config, Environment } from '../config.ts';
import { isKept } from '../store/data-directory.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

/** Settings that can be used, and what should be known of them all the same. */
export function checkSettings(config: Config, env: Environment): Finding[] {
  const check = 'Settings';
  const warnings = configWarnings(env).map((message) => warning(check, message));
  if (config.allowPrivateTargets)
    warnings.push(
      warning(
        check,
        'ROLLCALL_ALLOW_PRIVATE_TARGETS is on: fine for trying out, not for a server that others use.',
      ),
    );
  return [ok(check, 'Every setting can be used.'), ...warnings];
}

function writable(directory: string): boolean {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The directory, or what is there of the way to it. */
const nearest = (path: string): string => (existsSync(path) ? path : nearest(dirname(path)));

/** Whether something is kept in the data directory: the embedded database, or the key. */
const isDataDirectoryUsed = ({ databaseUrl, secretKey }: Config): boolean =>
  databaseUrl === undefined || secretKey === undefined;

/** The data directory, or where it is to be made: writable, and nobody else's to read. */
export function checkDataDirectory(config: Config): Finding[] {
  const check = 'Data directory';
  const directory = resolve(config.dataDir);
  const there = nearest(directory);
  if (!isDataDirectoryUsed(config))
    return [ok(check, 'None is needed: DATABASE_URL and ROLLCALL_SECRET_KEY are set.')];
  if (!statSync(there).isDirectory())
    return [
      problem(check, `${there} is no directory. Set ROLLCALL_DATA_DIR to one that this user may write to.`),
    ];
  if (!writable(there))
    return [
      problem(
        check,
        `${there} can't be written. Give it to the user that runs Rollcall (chown), or set ROLLCALL_DATA_DIR.`,
      ),
    ];
  if (there !== directory) return [ok(check, `${directory} is not there yet; the first start makes it.`)];
  const mode = statSync(directory).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    return [
      problem(
        check,
        `${directory} is open to others (mode ${mode.toString(8)}). Run: chmod 700 ${directory}`,
      ),
    ];
  return [ok(check, `${directory} is writable, and open to nobody else.`)];
}

/** Whether nothing that is kept in the data directory can be looked at, of which {@link checkDataDirectory} says why. */
export function isDataDirectoryClosed(config: Config): boolean {
  if (!isDataDirectoryUsed(config)) return false;
  try {
    isKept(resolve(config.dataDir), 'secret.key');
    return false;
  } catch {
    return true;
  }
}

/** The key by which tokens are encrypted; one that is not there yet is not made here. */
export async function checkSecretKey(config: Config): Promise<Finding[]> {
  const check = 'Secret key';
  const directory = resolve(config.dataDir);
  const file = join(directory, 'secret.key');
  if (config.secretKey !== undefined) return [ok(check, 'ROLLCALL_SECRET_KEY is set.')];
  if (!isKept(directory, 'secret.key'))
    return [ok(check, `There is none yet; the first start makes ${file}.`)];
  const { loadSecretBox } = await import('../store/secrets.ts');
  loadSecretBox(config);
  if (config.databaseUrl === undefined) return [ok(check, `${file} holds the key. Keep a copy of it.`)];
  const shared = `${file} holds the key. Every other server and worker on this database needs the same one: better set ROLLCALL_SECRET_KEY.`;
  return [warning(check, shared)];
}
