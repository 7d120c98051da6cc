/** A Rollcall in a process of its own, so that its memory and its processor time are its own. Speaks over IPC. */
import pino from 'pino';
import { systemClock } from '../src/clock.ts';
import { loadConfig } from '../src/config.ts';
import { startRollcall } from '../src/rollcall.ts';

const rollcall = await startRollcall(loadConfig(process.env), {
  clock: systemClock,
  log: pino({ level: 'warn' }),
});
let peak = 0;
setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200).unref();
process.on('message', (message) => {
  if (message === 'peak') process.send?.({ peak });
  if (message === 'close') void rollcall.close().then(() => process.exit(0));
});
process.send?.({ url: rollcall.url });
