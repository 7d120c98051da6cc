/** The command line for tests: in this process, or as the real program. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isBuilt } from '../../scripts/lib/packages.mjs';
import { runProgram } from '../../src/cli/program.ts';
import { systemClock } from '../../src/clock.ts';
import type { Environment } from '../../src/config.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command in this process, with nobody watching and only that environment. */
export async function runCli(args: readonly string[], env: Environment = {}): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  let code = 0;
  await runProgram(['node', 'rollcall', ...args], {
    env,
    clock: systemClock,
    print: (line) => out.push(line),
    say: (line) => err.push(line),
    watched: false,
    interactive: false,
    setExitCode: (given) => {
      code = given;
    },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The program as people run it, where `npm run build` has made it of this source; else from the source, which starts slower. */
const MAIN = isBuilt() ? ['dist/main.js'] : ['--import', 'tsx', 'src/main.ts'];

/** Starts the real program, which the caller ends. Nothing is on its standard input, or what the caller writes. */
export function startCli(
  args: readonly string[],
  env: Environment,
  stdin: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const path = process.env.PATH;
  return spawn(process.execPath, [...MAIN, ...args], {
    cwd: ROOT,
    env: { ...(path !== undefined && { PATH: path }), ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  });
}

/** What a program says from now on, until it ends. */
export async function ended(child: ChildProcess): Promise<CliResult> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (err += text.toString()));
  await once(child, 'close');
  return { code: child.exitCode ?? -1, out, err };
}

/** The first text on standard output that matches; fails where the program ends before. */
export function said(child: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    let log = '';
    child.stderr?.on('data', (more: Buffer) => (log += more.toString()));
    child.stdout?.on('data', (more: Buffer) => {
      text += more.toString();
      const match = wanted.exec(text);
      if (match !== null) resolve(match);
    });
    child.once('close', () => reject(new Error(`The program ended. It said: ${text}${log}`)));
  });
}
