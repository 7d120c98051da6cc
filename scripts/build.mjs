/**
 * `npm run build`: compiles `src` to `dist`, copies the files that are not TypeScript, and builds the console. Whether the types
 * are right, `npm run typecheck` says.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import { buildStamp } from './lib/packages.mjs';
import { root, runTool } from './lib/run.mjs';

/** Assets beside their compressed forms, since the server hands out files and compresses nothing. */
function compressAssets() {
  const folder = join(root, 'dist/console/assets');
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  for (const name of readdirSync(folder).filter((each) => /\.(js|css|svg)$/.test(each))) {
    const content = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params }));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content));
  }
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
async function mustRun(tool, args) {
  const { code } = await runTool(tool, args);
  if (code !== 0) process.exit(code);
}

rmSync(buildStamp, { force: true });
const started = new Date();
await mustRun('tsc', ['-p', 'tsconfig.build.json', '--noCheck']);
await mustRun('vite', ['build', 'console', '--logLevel', 'warn']);
compressAssets();
const source = join(root, 'src');
cpSync(source, join(root, 'dist'), {
  recursive: true,
  filter: (file) => statSync(file).isDirectory() || !file.endsWith('.ts'),
});
const main = join(root, 'dist/main.js');
if (existsSync(main)) chmodSync(main, 0o755);
writeFileSync(buildStamp, `${started.toISOString()}\n`);
