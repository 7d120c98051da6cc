/** The thread that PGlite runs in (`embedded-thread.js`), and node-postgres's way to it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { PGliteOptions } from '@electric-sql/pglite';

const THREAD = new URL('embedded-thread.js', import.meta.url);
const CODE = createRequire(import.meta.url).resolve('@electric-sql/pglite/pglite.wasm');

type Message = Uint8Array | null;

type Code = NonNullable<PGliteOptions['pgliteWasmModule']>;

/** Node's types know it as a place for types alone. */
declare const WebAssembly: { readonly compile: (code: Uint8Array) => Promise<Code> };

let compiling: Promise<Code> | undefined;

/** PGlite's code, compiled once for all databases that this process opens: it takes a second of processor time. */
function compiled(): Promise<Code> {
  compiling ??= readFile(CODE).then((code) => WebAssembly.compile(code));
  return compiling;
}

interface Waiting {
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

/** PGlite in a thread of its own; one message of PostgreSQL's protocol at a time. */
export class PgliteThread {
  readonly #worker: Worker;
  #waiting: Waiting | undefined;
  #failed: Error | undefined;

  private constructor(directory: string, code: Code) {
    this.#worker = new Worker(THREAD, { workerData: { directory, code } });
    this.#worker.on('message', (message: Message) => this.#settle((waiting) => waiting.resolve(message)));
    this.#worker.on('error', (error) =>
      this.#fail(error instanceof Error ? error : new Error(String(error))),
    );
    this.#worker.on('exit', () => this.#fail(new Error('The embedded database has stopped.')));
  }

  /** Opens the database in `directory`. Rejects with what keeps it from starting. */
  static async start(directory: string): Promise<PgliteThread> {
    const thread = new PgliteThread(directory, await compiled());
    await thread.#answer();
    return thread;
  }

  /** A connection for node-postgres. There is one session: only one may be open. */
  connect(): Duplex {
    return new PgliteSocket((bytes) => this.#ask(bytes));
  }

  async close(): Promise<void> {
    await this.#ask(null);
    // While it ends, a thread does not keep the process alive (Node 20): where nothing else does, that would end here without a word.
    const alive = setInterval(() => undefined, 1000);
    await this.#worker.terminate();
    clearInterval(alive);
  }

  #ask(message: Message): Promise<Message> {
    this.#worker.postMessage(message);
    return this.#answer();
  }

  /** The thread keeps the process alive only while somebody waits for it. */
  #answer(): Promise<Message> {
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      if (this.#failed !== undefined) reject(this.#failed);
      else this.#waiting = { resolve, reject };
    });
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#worker.unref();
    if (waiting !== undefined) how(waiting);
  }

  #fail(error: Error): void {
    this.#failed ??= error;
    this.#settle((waiting) => waiting.reject(error));
  }
}

/** What node-postgres takes for a socket: what is written is a question, what is read its answer. */
class PgliteSocket extends Duplex {
  readonly #ask: (bytes: Uint8Array) => Promise<Message>;

  constructor(ask: (bytes: Uint8Array) => Promise<Message>) {
    super();
    this.#ask = ask;
  }

  connect(): this {
    setImmediate(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // An answer is pushed when it comes.
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#ask(chunk).then((answer) => {
      if (answer !== null && answer.length > 0)
        this.push(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));
      done();
    }, done);
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'binary', done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }
}
