/** One process of Rollcall, the program that people run, which can be killed, frozen, told to stop, and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
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
/** As a supervisor waits before it starts again what could not be started. */
const AGAIN_AFTER_MS = 200;

export interface ProgramOptions {
  /** What others know it by; its role where none is given. */
  readonly name?: string;
  /** What the command is put behind, to run on another host. */
  readonly inside?: readonly string[];
  /** Another version's main file. */
  readonly main?: string;
}

export class Program {
  readonly role: Role;
  readonly name: string;
  readonly #env: Environment;
  readonly #inside: readonly string[];
  readonly #main: string;
  #child: ChildProcess | undefined;
  /** Those that end because they were told to. */
  readonly #told = new WeakSet<ChildProcess>();
  #lives = 0;
  #reviving: Promise<void> | undefined;
  /** What it said last, of all its lives. */
  log = '';
  /** How often it ended while it was at work and nobody had told it to: a fault, whatever was done to it. */
  falls = 0;
  /** Where it answers; undefined while it does not. */
  #url: string | undefined;
  /** Those who wait for it to answer. */
  readonly #waiting = new Set<(url: string) => void>();

  constructor(role: Role, env: Environment, { name = role, inside = [], main = MAIN }: ProgramOptions = {}) {
    this.role = role;
    this.name = name;
    this.#env = env;
    this.#inside = inside;
    this.#main = main;
  }

  /** Waits until it is at work; fails where it ends before. */
  async start(): Promise<void> {
    this.#lives += 1;
    const command = [...this.#inside, process.execPath, '--import', TAG, this.#main, COMMAND[this.role]];
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, CHAOS_WRITER: `${this.name} ${this.#lives}`, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => this.#keep(text));
    const url = await this.#atWork(child);
    if (this.#told.has(child)) throw new Error(`The ${this.name} was told to end as it began.`);
    this.#announce(url);
    child.once('exit', () => {
      if (this.#told.has(child)) return;
      this.falls += 1;
      this.#url = undefined;
    });
  }

  /** Until it is at work, as a supervisor does: it is started again where it ends before, as without a database. */
  revive(): Promise<void> {
    this.#reviving ??= this.#revive().finally(() => (this.#reviving = undefined));
    return this.#reviving;
  }

  async #revive(): Promise<void> {
    while (!this.isRunning())
      try {
        await this.start();
      } catch {
        await sleep(AGAIN_AFTER_MS);
      }
  }

  /** Where it answers; waits while nobody does. */
  async url(): Promise<string> {
    return this.#url ?? new Promise((resolve) => this.#waiting.add(resolve));
  }

  #announce(url: string): void {
    this.#url = url;
    for (const resolve of this.#waiting) resolve(url);
    this.#waiting.clear();
  }

  #atWork(child: ChildProcess): Promise<string> {
    let said = '';
    return new Promise((resolve, reject) => {
      child.stdout?.on('data', (text: Buffer) => {
        said += text.toString();
        const match = AT_WORK[this.role].exec(said);
        if (match !== null) resolve(match[1] ?? '');
      });
      child.once('exit', () => reject(new Error(`The ${this.name} ended by itself. It said: ${this.log}`)));
    });
  }

  #keep(text: Buffer): void {
    this.log = (this.log + text.toString()).slice(-KEPT_CHARACTERS);
  }

  /** As `kill -9`: nothing is finished, nothing is given back. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** In good order. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** Stopped in the middle of whatever it does, as a machine that is suspended; `thaw` lets it go on. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  /** Sends one that does not end it. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.isRunning()) return;
    this.#told.add(child);
    this.#url = undefined;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** False once it has ended, in whatever way. */
  isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }
}
