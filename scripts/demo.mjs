/** `npm run demo`: from a fresh clone to a company that is provisioned, with nothing but Node prepared. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, checkNode, installPackages } from './lib/packages.mjs';
import { root } from './lib/run.mjs';

checkNode();
await installPackages();
await build();

// In this process: signals, the terminal and the exit code are the demo's own.
const main = join(root, 'dist/main.js');
process.argv = [process.execPath, main, 'demo', ...process.argv.slice(2)];
await import(pathToFileURL(main).href);
