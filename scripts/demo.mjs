/** `npm run demo`: from a fresh clone to a company that is provisioned, with nothing but Node prepared. */
import { build, checkNode, installPackages } from './lib/packages.mjs';
import { run } from './lib/run.mjs';

checkNode();
await installPackages();
await build();
const { code } = await run(process.execPath, ['dist/main.js', 'demo', ...process.argv.slice(2)]);
process.exit(code);
