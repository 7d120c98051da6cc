/** The target in a process of its own. */
import { startSandbox } from '../src/sandbox/server.ts';

const sandbox = await startSandbox({ port: 0 });
process.on('message', (message) => {
  if (message === 'close') void sandbox.close().then(() => process.exit(0));
});
process.send?.({ url: sandbox.url });
