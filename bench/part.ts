/** A part of the lab: the built command line in a process of its own, so that its memory and processor time are its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const USAGE = new URL('usage.js', import.meta.url).href;

const usageMessage = z.object({ peak: z.number(), cpuSeconds: z.number() });

/** The most memory that a process has held, in bytes, and the processor time that it has used. */
export type Usage = z.infer<typeof usageMessage>;

/** The document that `--json` prints, whatever lines long: up to the line that closes it. */
async function announcement(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('It has no output.');
  let printed = '';
  for await (const line of createInterface({ input: child.stdout })) {
    printed += line;
    if (line === '}') break;
  }
  child.stdout.resume();
  return printed;
}

export class Part {
  readonly #child: ChildProcess;
  /** Where it answers; empty for a worker, which answers nowhere. */
  readonly url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** Runs `rollcall <args> --json` and waits until it answers. */
  static async start(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Part> {
    const child = spawn(process.execPath, ['--import', USAGE, MAIN, ...args, '--json'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const { url } = z.object({ url: z.string().default('') }).parse(JSON.parse(await announcement(child)));
    return new Part(child, url);
  }

  async usage(): Promise<Usage> {
    this.#child.send('usage');
    const [message] = z
      .tuple([usageMessage])
      .rest(z.unknown())
      .parse(await once(this.#child, 'message'));
    return message;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}
