/** Exit codes that scripts can rely on. */
import { CommanderError } from 'commander';
import { Problem, type ProblemKind } from '../errors.ts';

export const EXIT = { done: 0, failed: 1, badInput: 2, refused: 3, unreachable: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For `--help`. */
export const EXIT_CODES_HELP = `
Exit codes:
  0  done
  1  failed
  2  wrong usage or input
  3  refused, or held until an administrator approves
  4  the server, the database or the data directory cannot be used`;

/** A fault of the server that was asked, which answers all the same: to ask again later is no help. */
export class ServerFault extends Error {
  constructor(detail: string, requestId: string | undefined) {
    super(requestId === undefined ? detail : `${detail} The request id is ${requestId}.`);
    this.name = 'ServerFault';
  }
}

const CODES: Readonly<Record<ProblemKind, ExitCode>> = {
  'bad-input': EXIT.badInput,
  'not-found': EXIT.badInput,
  unauthorized: EXIT.badInput,
  forbidden: EXIT.refused,
  conflict: EXIT.refused,
  precondition: EXIT.refused,
  'too-many': EXIT.refused,
  unavailable: EXIT.unreachable,
};

/** The exit code for whatever a command threw; help that was asked for is no failure. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
  return error instanceof Problem ? CODES[error.kind] : EXIT.failed;
}

const FIELDS_SHOWN = 20;

const saysAll = ({ errors, message }: Problem): boolean =>
  errors.every((error) => message.includes(error.message));

/** What to tell a person: the problem and each bad field. A fault of our own is told with where it happened. */
export function inWords(error: unknown): string {
  if (error instanceof ServerFault) return error.message;
  if (!(error instanceof Problem))
    return `Rollcall failed: ${error instanceof Error ? error.stack : String(error)}`;
  if (saysAll(error)) return error.message;
  const fields = error.errors.slice(0, FIELDS_SHOWN).map(({ path, message }) => `  ${path} ${message}`);
  const more = error.errors.length - fields.length;
  return [error.message, ...fields, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n');
}
