/**
 * What happens all day costs what changed, not what is there: in a directory of thousands, PostgreSQL's own statistics show that
 * no table that grows with it is read from end to end. What it did is counted, not what EXPLAIN says that it might do.
 */
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { made } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';
import { startRollcall, type TestRollcall } from '../support/rollcall.ts';
import { until } from '../support/scene.ts';
import { startSegment } from '../support/segment.ts';
import { SSO_ENABLED } from '../support/sso.ts';

const PEOPLE = 10_000;
const GROUPS = 100;
/** Connections of the server. */
const POOL = 5;
/** Tables with rows for each person, membership or operation; of the log, the month that holds them. */
const GROWING = /^(users|group_members|links|link_members|events_until_.*)$/.source;

const pageSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });

async function seed({ database: { db } }: TestRollcall): Promise<void> {
  await sql`
    INSERT INTO users (id, username, email, firstname, lastname, state)
    SELECT gen_random_uuid(), 'u' || n, 'u' || n || '@acme.test', 'First' || n, 'Last' || n, 'active'
    FROM generate_series(1, ${PEOPLE}) AS n`.execute(db);
  await sql`INSERT INTO groups (id, name) SELECT gen_random_uuid(), 'Group ' || n FROM generate_series(1, ${GROUPS}) AS n`.execute(
    db,
  );
  await sql`
    INSERT INTO group_members (group_id, user_id)
    SELECT g.id, u.id FROM groups g JOIN users u
      ON substr(u.username, 2)::int % ${GROUPS} = substr(g.name, 7)::int - 1`.execute(db);
}

/** How often each of the tables was read from end to end so far. */
async function scans({ database: { db } }: TestRollcall): Promise<Record<string, number>> {
  // A connection tells what it has counted at the end of a statement, and otherwise a second after it last did so. While it
  // sleeps, none of the others is taken twice.
  const tell = () => sql`SELECT pg_stat_force_next_flush(), pg_sleep(0.05)`.execute(db);
  await Promise.all(Array.from({ length: POOL }, tell));
  const { rows } = await sql<{ name: string; scans: string }>`
    SELECT relname AS name, seq_scan AS scans FROM pg_stat_user_tables WHERE relname ~ ${GROWING}`.execute(
    db,
  );
  return Object.fromEntries(rows.map((row) => [row.name, Number(row.scans)]));
}

describe.each(databaseKinds.filter((kind) => kind === 'postgres'))(
  'with 10,000 people (%s)',
  async (kind) => {
    const [rollcall, segment] = await Promise.all([startRollcall(kind), startSegment()]);
    const { api } = rollcall;
    let application = '';
    let group = '';
    let people: string[] = [];
    let scanned: Record<string, number> = {};

    /** Looked at past the API, whose status counts links. */
    const idle = () =>
      until('nothing is left to do', async () => {
        const { rows } = await sql`
        SELECT 1 FROM pending UNION ALL SELECT 1 FROM pending_members
        UNION ALL SELECT 1 FROM lanes WHERE owner IS NOT NULL LIMIT 1`.execute(rollcall.database.db);
        return rows.length === 0;
      });

    beforeAll(async () => {
      await seed(rollcall);
      const id = await made({ call: api }, '/applications', { connector: 'segment', label: 'Segment' });
      application = `/applications/${id}`;
      await api('PUT', `${application}/sso`, SSO_ENABLED);
      const behaviour = { rate: { requestsPerSecond: 100_000, concurrency: 32 } };
      const connection = { baseUrl: segment.baseUrl, token: await segment.newToken(), behaviour };
      await api('PATCH', `${application}/identity-management`, connection);
      const groups = pageSchema.parse((await api('GET', '/groups?limit=100')).body).items;
      await api('POST', `${application}/groups`, { add: groups.map(({ id: each }) => each) });
      await api('POST', `${application}/identity-management/activate`, {});
      await idle();
      group = groups[0]?.id ?? '';
      people = pageSchema.parse((await api('GET', '/users?limit=20')).body).items.map(({ id: each }) => each);
      await sql`ANALYZE`.execute(rollcall.database.db);
      scanned = await scans(rollcall);
    }, 180_000);

    const acts: readonly [string, () => Promise<unknown>][] = [
      ['an attribute is changed', () => api('PATCH', `/users/${people[0] ?? ''}`, { firstname: 'Augusta' })],
      ['somebody is suspended', () => api('PATCH', `/users/${people[1] ?? ''}`, { state: 'suspended' })],
      ['somebody is back', () => api('PATCH', `/users/${people[1] ?? ''}`, { state: 'active' })],
      [
        'somebody moves',
        () => api('POST', `/groups/${group}/members`, { add: [people[2]], remove: [people[3]] }),
      ],
      ['somebody is hired', () => api('POST', '/users', { username: 'new', email: 'new@acme.test' })],
      ['somebody leaves for good', () => api('DELETE', `/users/${people[4] ?? ''}`)],
      ['a group is renamed', () => api('PATCH', `/groups/${group}`, { name: 'Renamed' })],
      ['why somebody has an account is read', () => api('GET', `${application}/users/${people[0] ?? ''}`)],
    ];

    it.each(acts)('nothing is read from end to end when %s', async (_, act) => {
      const before = scanned;
      await act();
      await idle();
      scanned = await scans(rollcall);
      expect(scanned).toEqual(before);
    });
  },
);
