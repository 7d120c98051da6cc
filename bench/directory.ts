/** A directory of any size, written straight into the database before the server starts. */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { Handle } from '../src/store/database.ts';
import { rowset, uuids } from '../src/store/rowset.ts';

export interface Directory {
  readonly users: readonly string[];
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly members: readonly string[];
  }[];
  readonly seed: (db: Handle) => Promise<void>;
}

const BATCH = 5000;

/** So many active users, spread over groups of the given sizes; a user may be in several. */
export function directory(userCount: number, groupSizes: readonly number[]): Directory {
  const users = Array.from({ length: userCount }, () => uuidv7());
  let next = 0;
  const groups = groupSizes.map((size, index) => ({
    id: uuidv7(),
    name: `Group ${index + 1}`,
    members: Array.from({ length: size }, () => users[next++ % userCount] ?? ''),
  }));
  return { users, groups, seed: (db) => write(db, users, groups) };
}

export const userNameOf = (index: number): string => `person-${index}@bench.example`;

async function write(db: Handle, users: readonly string[], groups: Directory['groups']): Promise<void> {
  const rows = users.map((id, index) => ({
    id,
    username: userNameOf(index),
    email: userNameOf(index),
    firstname: `First${index}`,
    lastname: `Last${index}`,
  }));
  await inBatches(rows, async (batch) => {
    await sql`
      INSERT INTO users (id, username, email, firstname, lastname, state)
      SELECT r.*, 'active' FROM ${rowset(batch, 'id uuid, username text, email text, firstname text, lastname text')}`.execute(
      db,
    );
  });
  const named = groups.map(({ id, name }) => ({ id, name }));
  await inBatches(named, async (batch) => {
    await sql`INSERT INTO groups (id, name) SELECT id, name FROM ${rowset(batch, 'id uuid, name text')}`.execute(
      db,
    );
  });
  const members = groups.flatMap((group) => group.members.map((user) => ({ group: group.id, user })));
  await inBatches(members, async (batch) => {
    const [groupIds, userIds] = [batch.map(({ group }) => group), batch.map(({ user }) => user)];
    await sql`
      INSERT INTO group_members (group_id, user_id)
      SELECT * FROM unnest(${uuids(groupIds)}, ${uuids(userIds)})`.execute(db);
  });
  await sql`ANALYZE`.execute(db);
}

async function inBatches<T>(rows: readonly T[], work: (batch: T[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) await work(rows.slice(start, start + BATCH));
}
