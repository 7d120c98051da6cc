/** What was read of a group is older than what was settled of it meanwhile, and counts for nothing then. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { learnMembers, reportMembers } from './inventory-members.ts';
import type { Reading } from './inventory.ts';

const [APPLICATION, STAFF, ADA, READING] = [
  '00000000-0000-7000-8000-000000000001',
  '00000000-0000-7000-8000-000000000002',
  '00000000-0000-7000-8000-000000000003',
  '00000000-0000-7000-8000-000000000004',
];

describe.each(databaseKinds)('members as they were read, on %s', async (kind) => {
  const { db } = await testDatabase(kind);
  const reading: Reading = { applicationId: APPLICATION, id: READING, startedAt: new Date() };

  /** Ada is a member of Staff as far as we know; an hour before the reading, both were settled. */
  beforeEach(async () => {
    for (const table of ['applications', 'links', 'link_members', 'pending'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(db);
    await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
      db,
    );
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, updated_at)
      SELECT ${APPLICATION}::uuid, l.kind, l.id::uuid, l.name, 'r-' || l.name, 'active', ${reading.startedAt}::timestamptz - interval '1 hour'
      FROM (VALUES ('group', ${STAFF}, 'staff'), ('user', ${ADA}, 'ada')) AS l(kind, id, name)`.execute(db);
    await sql`
      INSERT INTO link_members (application_id, group_id, user_id) VALUES (${APPLICATION}, ${STAFF}, ${ADA})`.execute(
      db,
    );
  });

  const group = { id: STAFF, remoteId: 'r-staff' };

  /** What is known of Staff after it was read, both ways: in it is a stranger, and Ada is not. */
  async function afterwards(): Promise<Record<string, unknown>> {
    await db.transaction().execute(async (tx) => {
      await reportMembers(tx, reading, group, { missing: 1, extra: 1 });
      await learnMembers(tx, reading, { ...group, members: ['r-stranger'], unknownMembers: 'remove' });
    });
    const { rows } = await sql<Record<string, unknown>>`
      SELECT l.remote_id, l.take_over, l.drift, (SELECT count(*)::int FROM link_members) AS members, (SELECT count(*)::int FROM pending) AS marks
      FROM links l WHERE kind = 'group'`.execute(db);
    return rows[0] ?? {};
  }

  it('R21: are learned where nothing was settled', async () => {
    expect(await afterwards()).toEqual({
      remote_id: 'r-staff',
      take_over: true,
      drift: { members: { missing: 1, extra: 1 } },
      members: 0,
      marks: 1,
    });
  });

  it.each([
    ['was settled meanwhile', sql`updated_at = now() + interval '1 minute'`, 'r-staff'],
    ['leads to another group of the target', sql`remote_id = 'r-other'`, 'r-other'],
    ['has a request under way', sql`in_flight = 'changeMembers'`, 'r-staff'],
  ])('R21, R42: are not where the group %s', async (_, change, remoteId) => {
    await sql`UPDATE links SET ${change} WHERE kind = 'group'`.execute(db);
    expect(await afterwards()).toEqual({
      remote_id: remoteId,
      take_over: false,
      drift: null,
      members: 1,
      marks: 0,
    });
  });
});
