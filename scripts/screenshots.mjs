/** `npm run screenshots`: every page of the console in its main states, both widths, light and dark, into screenshots/. */
import { join } from 'node:path';
import { installChromium } from './lib/chromium.mjs';
import { build, checkNode, installPackages } from './lib/packages.mjs';
import { fail, root, runTool } from './lib/run.mjs';

checkNode();
await installPackages();
const missing = await installChromium();
if (missing !== undefined) fail(missing);
await build();
const env = { ROLLCALL_SCREENSHOTS: join(root, 'screenshots'), ROLLCALL_TEST_DATABASES: 'embedded' };
const { code } = await runTool('vitest', ['run', 'test/browser/pages.test.ts'], { env });
process.exit(code);
