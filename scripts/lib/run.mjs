/** Running other programs. Plain Node, as nothing may be installed yet. */
import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to this process's own
 * @property {boolean} [quiet] keep the output for the result, instead of showing it
 * @property {number} [priority] of os.constants.priority, where others come first
 * @property {{ uid: number, gid: number } | undefined} [user] whom it runs as, where that is not this user
 */

/**
 * Runs a program to its end; signals that this process gets go on to it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} code 1 also stands for a signal or a program that is not there
 */
export function run(command, args, { cwd = root, env = {}, quiet = false, priority, user } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? 'pipe' : 'inherit';
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['inherit', stdio, stdio],
      ...user,
    });
    if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority);
    let output = '';
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      // A terminal sends Ctrl-C to both of us; a second one would ask for an end without tidying up.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on('SIGINT', pass).on('SIGTERM', pass);
    const end = (/** @type {number} */ code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(1);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/**
 * Runs a tool of node_modules.
 * @param {string} tool for example `tsc`
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runTool(tool, args, options) {
  return run(process.execPath, [...(HEAPS[tool] ?? []), toolPath(tool), ...args], options);
}

const ROOMY = ['--initial-heap-size=2048'];

/** What keeps all that it reads begins with room for it: V8 looks a heap through again and again while it grows. */
const HEAPS = /** @type {Record<string, string[]>} */ ({ tsc: ROOMY, eslint: ROOMY });

/** The entry files of the tools, started by Node itself so that signals reach them and Windows finds them. */
const TOOLS = /** @type {Record<string, string>} */ ({
  tsc: 'typescript/bin/tsc',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  vitest: 'vitest/vitest.mjs',
  tsx: 'tsx/dist/cli.mjs',
  vite: 'vite/bin/vite.js',
});

/** @param {string} tool */
function toolPath(tool) {
  const file = TOOLS[tool];
  if (file === undefined) throw new Error(`${tool} is not listed in scripts/lib/run.mjs.`);
  return `${root}/node_modules/${file}`;
}

/** @type {Set<string>} */
const underWay = new Set();

/**
 * What is under way stands in the last line of a terminal, until something has ended, which is said in its place.
 * @param {string} ended
 */
function show(ended = '') {
  if (!process.stdout.isTTY) return void process.stdout.write(ended);
  const names = underWay.size > 0 ? `${[...underWay].join(', ')} …` : '';
  process.stdout.write(`\r\x1b[K${ended}${names}`);
}

/**
 * One line for a phase that may take long: what it is, and how it ended. Several may be under way.
 * @param {string} what
 * @param {() => Promise<{ code: number, output: string }>} work
 * @returns {Promise<boolean>} whether it succeeded; its output is shown when it did not
 */
export async function phase(what, work) {
  underWay.add(what);
  show();
  const { done, report } = await timed(what, work);
  underWay.delete(what);
  show(report);
  return done;
}

/**
 * The same for work beside which something else is shown: its line is for later.
 * @param {string} what
 * @param {() => Promise<{ code: number, output: string }>} work
 * @returns {Promise<{ done: boolean, report: string }>}
 */
export async function timed(what, work) {
  const started = Date.now();
  const { code, output } = await work();
  const done = code === 0;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const line = `${what}: ${done ? 'done' : 'failed'} (${seconds} s)\n`;
  return { done, report: done ? line : `${line}${output.trimEnd()}\n` };
}

/**
 * Ends the process with a sentence.
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
