/** `npm run chaos`: see test/chaos/main.ts. */
import { runInLab } from './lib/lab.mjs';

await runInLab('test/chaos/main.ts');
