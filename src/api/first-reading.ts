/** The first reading of an application's users, where somebody needs it before they have asked for it. */
import type { FastifyRequest } from 'fastify';
import { allows } from '../access/roles.ts';
import { Problem } from '../errors.ts';
import { roleOfAsker, type ApiDeps } from '../http/deps.ts';
import type { Application } from '../store/applications.ts';
import { getRoster } from '../store/roster.ts';

const FIRST_READING_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/** Whether the reading was asked for: not where the connection was paused or deactivated since somebody looked at it. */
async function askForReading({ engine }: ApiDeps, id: string): Promise<boolean> {
  try {
    await engine.readUsers(id);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'conflict') return false;
    throw error;
  }
}

/**
 * Has the users read where nobody has yet, the connection is active and whoever asks may import. Ends once they are read, or after ten
 * seconds: then the reading goes on.
 */
export async function readUsersFirst(
  deps: ApiDeps,
  request: FastifyRequest,
  { id, state }: Pick<Application, 'id' | 'state'>,
): Promise<void> {
  if (state !== 'active' || !allows(roleOfAsker(request), 'directory')) return;
  const { clock, database } = deps;
  const { db } = database;
  if ((await getRoster(db, id)).state !== 'never' || !(await askForReading(deps, id))) return;
  const end = clock.monotonic() + FIRST_READING_MS;
  while ((await getRoster(db, id)).state === 'reading' && clock.monotonic() < end)
    await clock.sleep(LOOK_AGAIN_MS);
}
