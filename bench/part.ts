/** A part of the lab: the built command line in a process of its own, so that its memory and processor time are its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const PEAK = new URL('peak.js', import.meta.url).href;

const peakMessage = z.object({ peak: z.number() });

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
  readonly url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /** Runs `rollcall <args> --json` and waits until it answers. */
  static async start(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Part> {
    const child = spawn(process.execPath, ['--import', PEAK, MAIN, ...args, '--json'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const { url } = z.object({ url: z.string() }).parse(JSON.parse(await announcement(child)));
    return new Part(child, url);
  }

  /** The most memory that the process has held, in bytes. */
  async peak(): Promise<number> {
    this.#child.send('peak');
    const [message] = z
      .tuple([peakMessage])
      .rest(z.unknown())
      .parse(await once(this.#child, 'message'));
    return message.peak;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}
