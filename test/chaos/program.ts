/** One process of Rollcall, the program that people run, which can be killed, frozen and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../src/config.ts';

export type Role = 'server' | 'worker';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const TAG = new URL('writer.mjs', import.meta.url).href;

const COMMAND: Readonly<Record<Role, string>> = { server: 'serve', worker: 'worker' };

/** What it prints once it is at work; the server says where. */
const AT_WORK: Readonly<Record<Role, RegExp>> = {
  server: /Rollcall answers at (http\S+)/,
  worker: /The worker is at work/,
};

const KEPT_CHARACTERS = 20_000;

export class Program {
  readonly role: Role;
  readonly #env: Environment;
  readonly #inside: readonly string[];
  #child: ChildProcess | undefined;
  #lives = 0;
  /** What it said last, of all its lives. */
  log = '';
  /** Where it answers, once it does; another one for each life. */
  #url: Promise<string>;
  #announce: (url: string) => void = () => undefined;

  /** `inside` is what the command is put behind, to run on another host. */
  constructor(role: Role, env: Environment, inside: readonly string[] = []) {
    this.role = role;
    this.#env = env;
    this.#inside = inside;
    this.#url = this.#unknown();
  }

  #unknown(): Promise<string> {
    return new Promise((resolve) => (this.#announce = resolve));
  }

  /** Waits until it is at work; fails where it ends before. */
  async start(): Promise<void> {
    this.#lives += 1;
    const command = [...this.#inside, process.execPath, '--import', TAG, MAIN, COMMAND[this.role]];
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, CHAOS_WRITER: `${this.role} ${this.#lives}`, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => this.#keep(text));
    this.#announce(await this.#atWork(child));
  }

  /** Starts it where it is not running. */
  async startAgain(): Promise<void> {
    if (!this.isRunning()) await this.start();
  }

  /** Where it answers; waits while nobody does. */
  url(): Promise<string> {
    return this.#url;
  }

  #atWork(child: ChildProcess): Promise<string> {
    let said = '';
    return new Promise((resolve, reject) => {
      child.stdout?.on('data', (text: Buffer) => {
        said += text.toString();
        const match = AT_WORK[this.role].exec(said);
        if (match !== null) resolve(match[1] ?? '');
      });
      child.once('exit', () => reject(new Error(`The ${this.role} ended by itself. It said: ${this.log}`)));
    });
  }

  #keep(text: Buffer): void {
    this.log = (this.log + text.toString()).slice(-KEPT_CHARACTERS);
  }

  /** As `kill -9`: nothing is finished, nothing is given back. */
  async kill(): Promise<void> {
    this.#url = this.#unknown();
    await this.#end('SIGKILL');
  }

  /** Stopped in the middle of whatever it does, as a machine that is suspended; `thaw` lets it go on. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** In good order. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.isRunning()) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** False once it has ended, in whatever way. */
  isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }
}
