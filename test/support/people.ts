/** People who can sign in, in a whole Rollcall. */
import { sql } from 'kysely';
import type { Role } from '../../src/access/roles.ts';
import type { Environment } from '../../src/config.ts';
import { giveRole } from '../../src/store/administrators.ts';
import { writePassword } from '../../src/store/passwords.ts';
import { transact } from '../../src/store/transact.ts';
import { hashPassword } from '../../src/sign-in/password-hash.ts';
import { onceAfterwards } from './afterwards.ts';
import { made } from './api.ts';
import { PortalBrowser } from './portal-browser.ts';
import type { DatabaseKind } from './database.ts';
import { startRollcall, type TestRollcall } from './rollcall.ts';

export const PASSWORD = 'plum gravel sonnet';

export interface Town {
  readonly rollcall: TestRollcall;
  /** A user with that password; answers their id. */
  readonly person: (username: string, role?: Role) => Promise<string>;
  readonly browser: () => PortalBrowser;
  /** A browser in which that person is signed in by password. */
  readonly signedIn: (username: string, role?: Role) => Promise<PortalBrowser>;
  /** Makes what is remembered of failed attempts as old as if nobody had to wait. */
  readonly forgetWaits: () => Promise<void>;
}

/** Builds a town with a Rollcall of its own. */
export async function startTown(kind: DatabaseKind, overrides: Environment = {}): Promise<Town> {
  const rollcall = await startRollcall(kind, overrides);
  const { db } = rollcall.database;
  const hash = await hashPassword(PASSWORD);
  const person = async (username: string, role?: Role): Promise<string> => {
    const id = await made({ call: rollcall.api }, '/users', { username, email: `${username}@example.com` });
    await writePassword(db, id, hash);
    if (role !== undefined) await transact(rollcall.database, (tx) => giveRole(tx, id, role));
    return id;
  };
  const browser = (): PortalBrowser => new PortalBrowser(rollcall.url);
  return {
    rollcall,
    person,
    browser,
    signedIn: async (username, role) => {
      await person(username, role);
      const own = browser();
      const answer = await own.signIn(username, PASSWORD);
      if (answer.location !== '/')
        throw new Error(`${username} is not signed in: ${answer.status} ${answer.text}`);
      await own.get('/factors');
      return own;
    },
    forgetWaits: async () => {
      await sql`DELETE FROM throttles`.execute(db);
    },
  };
}

const towns = new Map<string, Promise<Town>>();

/** Nobody is left, and nothing that anybody did counts any more. */
async function empty({ rollcall }: Town): Promise<void> {
  await sql`TRUNCATE users, groups, applications, one_time_links, half_sign_ins, throttles CASCADE`.execute(
    rollcall.database.db,
  );
}

function sharedTown(kind: DatabaseKind, overrides: Environment): Promise<Town> {
  const name = JSON.stringify([kind, overrides]);
  const known = towns.get(name);
  if (known !== undefined) return known;
  const town = startTown(kind, overrides);
  towns.set(name, town);
  onceAfterwards(() => {
    towns.delete(name);
    return Promise.resolve();
  });
  return town;
}

/** An empty town, which the tests of a file share that ask for the same settings: starting a Rollcall takes a second. */
export async function emptyTown(kind: DatabaseKind, overrides: Environment = {}): Promise<Town> {
  const town = await sharedTown(kind, overrides);
  await empty(town);
  return town;
}
