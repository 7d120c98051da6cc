/** What benches and chaos have in common: a built server, and a PostgreSQL of their own unless one is given. */
import { build, checkNode, installPackages } from './packages.mjs';
import { installPostgres, testPostgres } from './postgres.mjs';
import { fail, runTool } from './run.mjs';

/** @param {readonly string[]} args */
const onlyEmbedded = (args) =>
  args.includes('--database=embedded') || args[args.indexOf('--database') + 1] === 'embedded';

async function requirePostgres() {
  const missing = process.env.ROLLCALL_TEST_POSTGRES_URL ? undefined : await installPostgres();
  if (missing !== undefined) fail(`${missing} Or run with --database embedded.`);
}

/**
 * Runs a TypeScript program with this process's arguments, and ends with its exit code. The server's address is in
 * ROLLCALL_TEST_POSTGRES_URL; its user may create databases. With `--database embedded` there is none, and with
 * `startsPostgres: false` the program starts its own.
 * @param {string} program
 * @param {{ startsPostgres?: boolean }} [options]
 */
export async function runInLab(program, { startsPostgres = true } = {}) {
  const args = process.argv.slice(2);
  checkNode();
  await installPackages();
  await build();
  const needsPostgres = !onlyEmbedded(args);
  if (needsPostgres) await requirePostgres();
  const server = needsPostgres && startsPostgres ? await testPostgres() : undefined;
  const env = server ? { ROLLCALL_TEST_POSTGRES_URL: server.url } : {};
  const { code } = await runTool('tsx', [program, ...args], { env });
  await server?.stop();
  process.exit(code);
}
