/** `npm run chaos`: see test/chaos/main.ts, which starts its own PostgreSQL, as it makes it crash. */
import { runInLab } from './lib/lab.mjs';

await runInLab('test/chaos/main.ts', { startsPostgres: false });
