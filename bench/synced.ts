/** An application that is in step with a directory of any size, written straight into the database as a sync would have left it. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Handle, Tx } from '../src/store/database.ts';
import { rowset } from '../src/store/rowset.ts';
import { addApplications } from './applications.ts';
import { userNameOf, type Directory } from './directory.ts';
import { newToken, type Ground } from './lab.ts';

/** A record that the target really has. */
interface Held {
  readonly id: string;
  readonly remote_id: string;
}

const madeSchema = z.object({ id: z.string() });

/** The people at these places of the directory, in the target. */
async function holdPeople(
  { control }: Ground,
  people: Directory,
  places: readonly number[],
): Promise<Held[]> {
  const hold = async (place: number): Promise<Held> => {
    const made = await control('POST', '/members', { userName: userNameOf(place) });
    return { id: people.users[place] ?? '', remote_id: madeSchema.parse(made).id };
  };
  return Promise.all(places.map(hold));
}

async function holdGroup({ control }: Ground, { groups }: Directory): Promise<Held[]> {
  const group = groups.at(-1);
  if (group === undefined) return [];
  const made = await control('POST', '/groups', { displayName: group.name });
  return [{ id: group.id, remote_id: madeSchema.parse(made).id }];
}

/** What the mapping of the generic connector gives for user `u`. */
const ACCEPTED = sql`jsonb_build_object(
  'userName', u.username, 'externalId', u.id, 'name.givenName', u.firstname, 'name.familyName', u.lastname,
  'displayName', u.firstname || ' ' || u.lastname, 'emails[type eq "work"].value', u.email)`;

async function writeLinks(tx: Tx, application: string, held: readonly Held[]): Promise<void> {
  // Longer than any statement of the server may take.
  await sql`SET LOCAL statement_timeout = 0`.execute(tx);
  const real = rowset(held, 'id uuid, remote_id text');
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted)
    SELECT ${application}::uuid, 'user', u.id, u.username, coalesce(r.remote_id, u.id::text), 'active', lower(u.username), ${ACCEPTED}
    FROM users u LEFT JOIN ${real} ON r.id = u.id`.execute(tx);
  await sql`
    INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, key, accepted)
    SELECT ${application}::uuid, 'group', g.id, g.name, coalesce(r.remote_id, g.id::text), 'active', lower(g.name),
      jsonb_build_object('displayName', g.name)
    FROM groups g LEFT JOIN ${real} ON r.id = g.id`.execute(tx);
  await sql`
    INSERT INTO link_members (application_id, group_id, user_id)
    SELECT ${application}::uuid, group_id, user_id FROM group_members`.execute(tx);
}

/**
 * Makes the application with every group bound. The target holds the people at `places`, whom a bench is to change, and the last group.
 * Answers its id.
 */
export async function addSynced(
  db: Handle,
  ground: Ground,
  people: Directory,
  places: readonly number[],
): Promise<string> {
  const wanted = {
    label: 'In step',
    groupIds: people.groups.map(({ id }) => id),
    settings: { baseUrl: `${ground.sandbox.url}/scim/v2`, behaviour: { inventoryHours: 0 } },
    token: await newToken(ground),
    active: true,
  };
  const [application = ''] = await addApplications(db, ground.secrets, [wanted]);
  await ground.control('PATCH', '/behaviour', { userUpdates: 'apply', journal: false });
  const held = [...(await holdPeople(ground, people, places)), ...(await holdGroup(ground, people))];
  await db.transaction().execute((tx) => writeLinks(tx, application, held));
  await sql`VACUUM ANALYZE`.execute(db);
  // What was written is on the disk before anything is measured.
  await sql`CHECKPOINT`.execute(db);
  return application;
}
