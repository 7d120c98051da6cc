/**
 * `npm test`: everything, from nothing. Installs what it needs, builds, and runs every suite on both databases, while types,
 * style and format are checked. The last line is `N passed, N failed`; each check counts as one.
 *
 * Arguments go to vitest, and then only tests run: `npm test -- src/scim`. With `--strict`, or where CI is set, whatever
 * had to be left out is a failure.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installChromium } from './lib/chromium.mjs';
import { build, checkNode, installPackages, tryInstallPackages } from './lib/packages.mjs';
import { installHosts } from './lib/hosts.mjs';
import { findPostgres, installPostgres } from './lib/postgres.mjs';
import { root, runTool, timed } from './lib/run.mjs';
import { installServiceProviders } from './lib/service-providers.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

const strict = process.argv.includes('--strict') || Boolean(process.env.CI && process.env.CI !== 'false');
const vitestArgs = process.argv.slice(2).filter((argument) => argument !== '--strict');

/** @type {string[]} */
const leftOut = [];

async function installServices() {
  const wanted = process.env.ROLLCALL_TEST_DATABASES?.includes('postgres') ?? true;
  if (!wanted) leftOut.push('The suites on PostgreSQL were left out, as ROLLCALL_TEST_DATABASES asks for.');
  if (!wanted || process.env.ROLLCALL_TEST_POSTGRES_URL) return;
  const missing = await installPostgres();
  if (missing !== undefined) leftOut.push(missing);
}

async function installEverything() {
  checkNode();
  await Promise.all([installPackages(), installTargets(), installPrograms()]);
}

/** What Debian has; one after the other, as that does. */
async function installPrograms() {
  await installServices();
  await installSaml();
  await installBrowser();
  await prepareHosts();
}

/** Hosts of their own for workers, for test/hosts, which needs PostgreSQL too. */
async function prepareHosts() {
  const missing = await installHosts();
  if (missing !== undefined) leftOut.push(`The suite of several hosts was left out. ${missing}`);
  if (missing !== undefined || findPostgres() === undefined) process.env.ROLLCALL_TEST_HOSTS = 'none';
}

/** Other people's SAML service providers, for test/saml. Without them it is left out; without this it fails. */
async function installSaml() {
  const missing = await installServiceProviders();
  if (missing === undefined) return;
  leftOut.push(`The SAML suite was left out. ${missing}`);
  process.env.ROLLCALL_TEST_SAML = 'none';
}

/** The browser, for test/browser. Without it that is left out; without this it fails. */
async function installBrowser() {
  const missing = await installChromium();
  if (missing === undefined) return;
  leftOut.push(`The console's suite was left out. ${missing}`);
  process.env.ROLLCALL_TEST_BROWSER = 'none';
}

/** Other people's service providers, for the interop suite. Without them it is left out; without this it fails. */
async function installTargets() {
  if (await tryInstallPackages(join(root, 'test/interop'))) return;
  leftOut.push('The interop suite was left out: its packages could not be installed in test/interop.');
  process.env.ROLLCALL_TEST_INTEROP = 'none';
}

/** @type {[what: string, tool: string, args: string[]][]} */
const CHECKS = [
  ['Types', 'tsc', ['-p', '.']],
  ['Types of the console', 'tsc', ['-p', 'console']],
  ['Format', 'prettier', ['--check', '.']],
  ['Style', 'eslint', ['.']],
];

/** One after the other, behind everything else: they take the time in which tests wait for something. */
async function check() {
  const options = { quiet: true, priority: constants.priority.PRIORITY_BELOW_NORMAL };
  const checks = [];
  for (const [what, tool, args] of CHECKS) checks.push(await timed(what, () => runTool(tool, args, options)));
  return checks;
}

/**
 * @param {Awaited<ReturnType<typeof check>>} checks
 * @returns {Count}
 */
function countChecks(checks) {
  for (const { report } of checks) process.stdout.write(report);
  const passed = checks.filter(({ done }) => done).length;
  return { passed, failed: checks.length - passed };
}

/**
 * @typedef {object} Report vitest's JSON report, as far as it is read here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults
 */

/**
 * A file that could not even be loaded has no failed test of its own, and counts as one.
 * @param {Report} report
 */
function brokenFiles({ testResults }) {
  return testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
}

/**
 * @param {Report} report
 * @param {number} code vitest's exit code, which also tells of errors outside of any test
 * @returns {Count}
 */
function countTests(report, code) {
  const skipped = report.numPendingTests + report.numTodoTests;
  if (skipped > 0) leftOut.push(`${skipped} tests were skipped.`);
  const failed = report.numFailedTests + brokenFiles(report);
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** @returns {Promise<Count>} */
async function runTests() {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-report-'));
  const file = join(directory, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const env = strict ? { ROLLCALL_TEST_STRICT: '1' } : {};
  const { code } = await runTool('vitest', ['run', ...reporters, ...vitestArgs], { env });
  const count = existsSync(file)
    ? countTests(JSON.parse(readFileSync(file, 'utf8')), code)
    : { passed: 0, failed: 1 };
  rmSync(directory, { recursive: true, force: true });
  return count;
}

/** For what ends this process before anything was counted, such as a build that fails. */
const endUncounted = () => console.log('0 passed, 1 failed');

process.once('exit', endUncounted);
await installEverything();
await build();
process.off('exit', endUncounted);
const [tests, checks] = await Promise.all([runTests(), vitestArgs.length === 0 ? check() : []]);
const { passed, failed } = countChecks(checks);
for (const reason of leftOut) console.log(`${strict ? 'Failed, as it was left out' : 'Left out'}: ${reason}`);
const failures = failed + tests.failed + (strict ? leftOut.length : 0);
console.log(`${passed + tests.passed} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
