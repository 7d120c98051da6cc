/** A process of Rollcall with lines of its own to the database and to the target, as a host has cables. */
import type { Environment } from '../../src/config.ts';
import type { Undo } from '../../src/undo.ts';
import { Line } from '../support/line.ts';
import { Program, type ProgramOptions, type Role } from './program.ts';
import type { Target } from './target.ts';

export interface Host {
  readonly program: Program;
  /** None to the embedded database, which is in the process. */
  readonly database: Line | null;
  readonly target: Line;
}

const portOf = (url: string): number => Number(new URL(url).port);

function through(url: string, line: Line): string {
  const address = new URL(url);
  address.port = String(line.port);
  return address.href;
}

/** One whose program has not been started yet. It ends with the scene. */
export async function makeHost(
  role: Role,
  options: ProgramOptions,
  env: Environment,
  target: Target,
  undo: Undo,
): Promise<Host> {
  const databaseUrl = env.DATABASE_URL;
  const database = databaseUrl === undefined ? null : await Line.to(portOf(databaseUrl));
  const toTarget = await Line.to(portOf(target.url));
  const program = new Program(
    role,
    {
      ...env,
      ...(databaseUrl !== undefined && database && { DATABASE_URL: through(databaseUrl, database) }),
      CHAOS_ROUTE: `${portOf(target.url)}:${toTarget.port}`,
    },
    options,
  );
  undo.add(async () => {
    await program.kill();
    await Promise.all([database?.close(), toTarget.close()]);
  });
  return { program, database, target: toTarget };
}

/** As if nothing had ever been wrong with it; its program may have to be started. */
export function restore({ program, database, target }: Host): void {
  program.thaw();
  database?.mend();
  target.mend();
}
