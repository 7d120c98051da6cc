/** What has to be there before anything else runs: Node, the npm packages, the compiled server. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, phase, root, run } from './run.mjs';

const OLDEST_NODE = { major: 20, minor: 19 };

/** Ends the process where Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE.major || (major === OLDEST_NODE.major && minor >= OLDEST_NODE.minor)) return;
  fail(
    `Rollcall needs Node ${OLDEST_NODE.major}.${OLDEST_NODE.minor} or newer; this is ${process.versions.node}. See https://nodejs.org/en/download.`,
  );
}

/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage>} by path; without the package itself
 */
function lockedPackages(file) {
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  delete packages[''];
  return packages;
}

/**
 * Whether node_modules is what the lock file asks for. Optional packages may be missing: they are other platforms'.
 * @param {string} directory
 */
export function isInstalled(directory) {
  const installedFile = join(directory, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = lockedPackages(join(directory, 'package-lock.json'));
  const installed = lockedPackages(installedFile);
  return (
    Object.entries(wanted).every(([path, { version, optional }]) =>
      installed[path] === undefined ? optional === true : installed[path].version === version,
    ) && Object.keys(installed).every((path) => path in wanted)
  );
}

function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? { command: process.execPath, first: [script] }
    : { command: 'npm', first: [] };
}

/**
 * Installs what the lock file asks for, where that is not there already.
 * @param {string} directory
 * @returns {Promise<boolean>} whether it is there now
 */
export async function tryInstallPackages(directory) {
  if (isInstalled(directory)) return true;
  const { command, first } = npm();
  const where = directory === root ? '' : ` of ${directory.slice(root.length + 1)}`;
  const args = [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'];
  return phase(`Installing packages${where}`, () => run(command, args, { cwd: directory, quiet: true }));
}

/** Installs the packages of Rollcall itself; ends the process where that fails, as nothing runs without them. */
export async function installPackages() {
  if (await tryInstallPackages(root)) return;
  fail('The packages could not be installed. Is the npm registry reachable?');
}

/**
 * @param {string} directory
 * @returns {number} when the newest file in it was written, in milliseconds
 */
function newest(directory) {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(join(directory, file)).mtimeMs));
}

/** Written by `scripts/build.mjs` when all went well. */
export const buildStamp = join(root, 'dist/.built');

const SETTINGS = [
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'console/index.html',
  'console/vite.config.ts',
];

export function isBuilt() {
  if (!existsSync(buildStamp)) return false;
  const built = statSync(buildStamp).mtimeMs;
  const folders = ['src', 'console/src'].map((folder) => newest(join(root, folder)));
  const files = SETTINGS.map((file) => statSync(join(root, file)).mtimeMs);
  return [...folders, ...files].every((time) => time < built);
}

/** Compiles the server and builds the console, where `dist` is missing or older than what it is made from. */
export async function build() {
  if (isBuilt()) return;
  const done = await phase('Building', () => run(process.execPath, ['scripts/build.mjs'], { quiet: true }));
  if (!done) fail('The build failed; the reason is above.');
}
