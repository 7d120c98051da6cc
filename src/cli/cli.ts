/**
 * The command line: a file for each command. This folder owns what people and scripts see in a terminal: arguments,
 * words, progress, exit codes. What a command does, it asks of the API, of a server or in this process (backend.ts).
 * Results go to standard output; everything else (progress, logs, errors) to standard error.
 */
import type { Command } from 'commander';
import type { Clock } from '../clock.ts';
import type { Environment } from '../config.ts';
import type { ExitCode } from './exit.ts';

/** What a command has of the world. */
export interface Cli {
  readonly env: Environment;
  readonly clock: Clock;
  /** A line of the result. */
  readonly print: (line: string) => void;
  /** A line for whoever watches. */
  readonly say: (line: string) => void;
  /** A person watches standard error. */
  readonly watched: boolean;
  /** A person can be asked. */
  readonly interactive: boolean;
  /** What the process ends with when the command is over. */
  readonly setExitCode: (code: ExitCode) => void;
}

/** Adds a command to the program. */
export type Register = (program: Command, cli: Cli) => void;

/** For programs that read: one JSON document. */
export function printJson(cli: Cli, value: unknown): void {
  cli.print(JSON.stringify(value, null, 2));
}
