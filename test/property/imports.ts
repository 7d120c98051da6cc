/** Imports as an administrator does them in a world, and what became of each account. */
import { importBatch } from '../../src/store/import-batch.ts';
import { listItems } from '../../src/store/import-items.ts';
import { createImport, type PersonChange } from '../../src/store/import-start.ts';
import { getRoster } from '../../src/store/roster.ts';
import { getUser } from '../../src/store/users.ts';
import { unlessConflict } from './connection.ts';
import { pause, type World } from './world.ts';

/** What became of an account. */
export interface Imported {
  readonly remoteId: string;
  readonly outcome: 'created' | 'linked';
  readonly user: {
    readonly id: string;
    readonly username: string;
    readonly firstname: string;
    readonly state: string;
  };
}

export interface Wish {
  readonly remoteIds: readonly string[];
  readonly overrides: Readonly<Record<string, PersonChange>>;
  readonly userState: 'staged' | 'active';
}

/** Reads the target's users; answers nobody where that comes to nothing. */
export async function readUsers(world: World): Promise<{ id: string; userName: string }[]> {
  const { application, database, engine } = world;
  if ((await world.connection()) !== 'active') return [];
  await engine.readUsers(application).catch(unlessConflict);
  for (let tries = 0; tries < 300; tries += 1) {
    const { state } = await getRoster(database.db, application);
    if (state !== 'reading') return state === 'read' ? listed(world) : [];
    await pause(10);
  }
  return [];
}

async function listed({ application, database }: World): Promise<{ id: string; userName: string }[]> {
  const rows = await database.db
    .selectFrom('remote_resources')
    .select(['remote_id', 'key'])
    .where('application_id', '=', application)
    .where('kind', '=', 'user')
    .orderBy('key')
    .execute();
  return rows.map((row) => ({ id: row.remote_id, userName: row.key }));
}

/** Imports some of the accounts that were read, and answers who was made or linked. */
export async function importAccounts(world: World, wish: Wish): Promise<Imported[]> {
  const { application, database } = world;
  const { overrides, remoteIds, userState } = wish;
  const given = { applicationId: application, selection: { remoteIds }, overrides, userState, mail: null };
  const cause = { action: 'import', actor: 'test' };
  const { id } = await world.change((tx) => createImport(tx, { ...given, cause }));
  while (await importBatch(database, id, 5));
  const { items } = await listItems(database.db, id, { limit: 100, sort: 'username' });
  const imported: Imported[] = [];
  for (const { outcome, remoteId, userId } of items) {
    if ((outcome !== 'created' && outcome !== 'linked') || userId === null) continue;
    const { firstname, state, username } = await getUser(database.db, userId);
    imported.push({ remoteId, outcome, user: { id: userId, username, firstname: firstname ?? '', state } });
  }
  return imported;
}
