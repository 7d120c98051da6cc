/**
 * PGlite in a thread of its own, so that the server goes on answering while the database works. It takes and gives
 * PostgreSQL's protocol as bytes. A null asks it to close, and is answered with one. JavaScript, because a thread is started from its
 * file as it is, also where the rest runs from TypeScript.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

if (parentPort === null) throw new Error('It runs in a thread.');
const port = parentPort;

/** PGlite's own buffers are 128 MB, none of which is ever given back. */
const startParams = [
  ...PGlite.defaultStartParams,
  ...['shared_buffers=16MB', 'max_wal_size=64MB', 'min_wal_size=8MB'].flatMap((setting) => ['-c', setting]),
];

const { directory, code } = workerData;
const database = await PGlite.create({ dataDir: directory, pgliteWasmModule: code, startParams });

/** @param {Uint8Array | null} message */
async function answer(message) {
  if (message !== null) return database.execProtocolRaw(message);
  await database.close();
  return null;
}

// The other side sends one message at a time, and waits for the answer.
port.on('message', (/** @type {Uint8Array | null} */ message) => {
  void answer(message).then((answered) => port.postMessage(answered));
});
port.postMessage(null);
