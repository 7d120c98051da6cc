/** `npm run build`: compiles `src` to `dist`, and copies the files that are not TypeScript. */
import { chmodSync, cpSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStamp } from './lib/packages.mjs';
import { root, runTool } from './lib/run.mjs';

rmSync(buildStamp, { force: true });
const started = new Date();
const { code } = await runTool('tsc', ['-p', 'tsconfig.build.json']);
if (code !== 0) process.exit(code);
const source = join(root, 'src');
cpSync(source, join(root, 'dist'), {
  recursive: true,
  filter: (file) => statSync(file).isDirectory() || !file.endsWith('.ts'),
});
const main = join(root, 'dist/main.js');
if (existsSync(main)) chmodSync(main, 0o755);
writeFileSync(buildStamp, `${started.toISOString()}\n`);
