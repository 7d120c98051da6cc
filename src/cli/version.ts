/** `rollcall version` */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { printJson, type Register } from './cli.ts';

/** The same two steps up from `src/cli` and from `dist/cli`. */
const PACKAGE = new URL('../../package.json', import.meta.url);

/** The version of this Rollcall, as in package.json. */
export function version(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(PACKAGE, 'utf8'))).version;
}

/** `rollcall version`. */
export const registerVersion: Register = (program, cli) => {
  program
    .command('version')
    .summary('print the version')
    .description('Print the versions of Rollcall and of Node.')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: true }) => {
      const versions = { rollcall: version(), node: process.versions.node };
      if (json) printJson(cli, versions);
      else cli.print(`Rollcall ${versions.rollcall} (Node ${versions.node})`);
    });
};
