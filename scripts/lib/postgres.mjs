/**
 * A private PostgreSQL for tests, benches and chaos: made in a temporary directory, on a free port of the loopback address,
 * with fsync on as in production, and gone afterwards, even where the process that started it is killed.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { canInstallDebian, installDebian } from './debian.mjs';
import { run } from './run.mjs';

const OLDEST = 15;

/** @param {string} bin */
function majorVersion(bin) {
  if (!existsSync(join(bin, 'postgres')) || !existsSync(join(bin, 'initdb'))) return 0;
  const said = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).stdout;
  return Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1] ?? 0);
}

function debianDirectories() {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return [];
  const versions = readdirSync(base).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(base, version, 'bin'));
}

/** The directory of PostgreSQL's programs, 15 or newer; undefined where there is none. */
export function findPostgres() {
  const directories = [...debianDirectories(), ...(process.env.PATH ?? '').split(delimiter)];
  return directories.find((bin) => majorVersion(bin) >= OLDEST);
}

const isRoot = () => process.getuid?.() === 0;

/** Installs Debian's package where that is possible. Returns what to do where it is not. */
export async function installPostgres() {
  if (findPostgres() !== undefined) return undefined;
  const advice =
    'Install PostgreSQL 15 or newer (on Debian: apt-get install postgresql), or set ROLLCALL_TEST_POSTGRES_URL to one whose user may create databases.';
  if (!canInstallDebian()) return `PostgreSQL is not installed, and can't be from here. ${advice}`;
  const done = await installDebian('PostgreSQL', ['postgresql']);
  return done && findPostgres() !== undefined ? undefined : `PostgreSQL could not be installed. ${advice}`;
}

/** PostgreSQL refuses to run as root. */
function serverUser() {
  if (!isRoot()) return undefined;
  const [uid, gid] = ['-u', '-g'].map((what) =>
    Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' })),
  );
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** @returns {Promise<number>} a port of the loopback address on which nobody listens */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/**
 * The shell waits for its input to end, which it does when the process that started it ends in whatever way; then it ends the
 * server. Nothing of the data is wanted any more, so the server is not given time to write it. A line on its input makes the
 * server crash, and start again.
 */
const KEEPER =
  '"$@" & server=$!; while read -r _; do kill -QUIT $server; wait $server; "$@" & server=$!; done; kill -QUIT $server; wait $server; rm -rf "$DIRECTORY"';

/**
 * @typedef {{ directory: string, bin: string, user: { uid: number, gid: number } | undefined, password: string }} Cluster
 * @param {string} bin
 * @param {string} password
 * @returns {Cluster} without data
 */
function emptyCluster(bin, password) {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'));
  const user = serverUser();
  if (user) chownSync(directory, user.uid, user.gid);
  return { directory, bin, user, password };
}

/**
 * @param {Cluster} cluster
 * @param {string} program one of PostgreSQL's
 * @param {readonly string[]} args
 */
async function mustRun({ directory, bin, user, password }, program, args) {
  const options = { cwd: directory, user, quiet: true, env: { PGPASSWORD: password } };
  const { code, output } = await run(join(bin, program), args, options);
  if (code === 0) return;
  rmSync(directory, { recursive: true, force: true });
  throw new Error(`PostgreSQL's ${program} failed: ${output}`);
}

/**
 * @param {string} bin
 * @returns {Promise<Cluster>}
 */
async function initialize(bin) {
  const cluster = emptyCluster(bin, randomBytes(16).toString('hex'));
  const { directory, user, password } = cluster;
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const args = [
    '-D',
    join(directory, 'data'),
    '-U',
    'rollcall',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
  ];
  await mustRun(cluster, 'initdb', [...args, '-E', 'UTF8', `--locale=${locale}`, '--no-sync']);
  return cluster;
}

/**
 * @param {Cluster} primary
 * @param {number} port the primary's
 * @returns {Promise<Cluster>} what follows the primary from now on
 */
async function copyOf({ bin, password }, port) {
  const cluster = emptyCluster(bin, password);
  const from = ['-h', '127.0.0.1', '-p', String(port), '-U', 'rollcall'];
  const into = [
    '-D',
    join(cluster.directory, 'data'),
    '--write-recovery-conf',
    '--checkpoint=fast',
    '--no-sync',
  ];
  await mustRun(cluster, 'pg_basebackup', [...from, ...into]);
  return cluster;
}

/**
 * @param {Cluster} cluster
 * @param {number} port
 */
function launch({ directory, bin, user }, port) {
  const settings = [
    'listen_addresses=127.0.0.1',
    'max_connections=200',
    'shared_buffers=256MB',
    'max_wal_size=2GB',
  ];
  const command = [
    join(bin, 'postgres'),
    ...['-D', join(directory, 'data'), '-p', String(port), '-k', directory],
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  const log = openSync(join(directory, 'log'), 'a');
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', ...command], {
    cwd: directory,
    // A group of its own: Ctrl-C is for the tests, which stop the server when they are done with it.
    detached: true,
    env: { PATH: process.env.PATH, DIRECTORY: directory },
    stdio: ['pipe', log, log],
    ...user,
  });
  closeSync(log);
  return keeper;
}

/**
 * @param {Cluster} cluster
 * @param {number} port
 */
async function ready({ bin, directory }, port) {
  for (let attempt = 0; attempt < 300; attempt++) {
    const { code } = await run(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)], {
      quiet: true,
    });
    if (code === 0) return;
    await sleep(100);
  }
  throw new Error(`PostgreSQL did not start: ${readFileSync(join(directory, 'log'), 'utf8')}`);
}

/**
 * @typedef {object} Server
 * @property {string} url its user may do everything
 * @property {number} port
 * @property {() => Promise<void>} crash it starts again by itself; resolves when it answers
 * @property {() => Promise<void>} stop it ends at once, as in a crash, and its data is gone
 * @property {() => Promise<Server>} standby starts another one that follows it, until `SELECT pg_promote()` there
 */

/**
 * @param {Cluster} cluster
 * @returns {Promise<Server>}
 */
async function startServer(cluster) {
  const port = await freePort();
  const keeper = launch(cluster, port);
  // The log keeps nobody waiting: a process that forgets to stop the server can end all the same.
  keeper.unref();
  const stop = async () => {
    if (keeper.exitCode !== null) return;
    const ended = new Promise((resolve) => keeper.once('close', resolve));
    keeper.ref();
    keeper.stdin?.end();
    await ended;
  };
  try {
    await ready(cluster, port);
  } catch (error) {
    await stop();
    throw error;
  }
  const crash = async () => {
    keeper.stdin?.write('crash\n');
    await sleep(500);
    await ready(cluster, port);
  };
  const standby = async () => startServer(await copyOf(cluster, port));
  const url = `postgres://rollcall:${cluster.password}@127.0.0.1:${port}/postgres`;
  return { url, port, crash, stop, standby };
}

/**
 * Starts a server of its own.
 * @param {string | undefined} [bin] the directory of PostgreSQL's programs
 */
export async function startPostgres(bin = findPostgres()) {
  if (bin === undefined) throw new Error('PostgreSQL is not installed.');
  return startServer(await initialize(bin));
}

/**
 * The server that tests are to use: the one in ROLLCALL_TEST_POSTGRES_URL, or one of their own.
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | undefined>} undefined where there is none
 */
export async function testPostgres() {
  const url = process.env.ROLLCALL_TEST_POSTGRES_URL;
  if (url) return { url, stop: async () => undefined };
  const bin = findPostgres();
  return bin === undefined ? undefined : startPostgres(bin);
}
