/** `npm run bench`: see bench/main.ts. */
import { runInLab } from './lib/lab.mjs';

await runInLab('bench/main.ts');
