/** What a target shows becomes what is known of it. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import { correctDifferences, storePage, type Reading } from './inventory.ts';

const [APPLICATION, SUBJECT, READING] = [
  '00000000-0000-7000-8000-000000000001',
  '00000000-0000-7000-8000-000000000002',
  '00000000-0000-7000-8000-000000000003',
];

describe.each(databaseKinds)('what a reading corrects, on %s', async (database) => {
  const { db } = await testDatabase(database);
  const reading: Reading = { applicationId: APPLICATION, id: READING, startedAt: new Date() };

  beforeEach(async () => {
    for (const table of ['applications', 'links', 'pending', 'remote_resources'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(db);
    await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
      db,
    );
  });

  it.each<[RecordKind, string, 'active' | 'inactive', boolean, object]>([
    ['user', 'updateUser', 'active', false, { remote_id: null, state: 'absent', in_flight: null }],
    ['group', 'renameGroup', 'active', false, { remote_id: null, state: 'absent', in_flight: null }],
    ['user', 'updateUser', 'active', true, { remote_id: 'r', state: 'active', in_flight: 'updateUser' }],
    ['user', 'reactivateUser', 'inactive', true, { state: 'active', in_flight: 'reactivateUser' }],
  ])(
    'R16, R42: of a %s, %s that was not answered is said again only where the record, %s, is still there: %s',
    async (kind, inFlight, state, isThere, expected) => {
      await sql`
        INSERT INTO links (application_id, kind, subject_id, subject_name, remote_id, state, accepted, in_flight, updated_at)
        VALUES (${APPLICATION}, ${kind}, ${SUBJECT}, 'Ada', 'r', ${state}, '{"displayName": "Ada"}', ${inFlight},
          ${reading.startedAt}::timestamptz - interval '1 hour')`.execute(db);
      const shown = { remoteId: 'r', key: 'ada', values: { displayName: 'Ada B.' }, active: true };
      await storePage(db, reading, kind, isThere ? [shown] : []);
      await db.transaction().execute((tx) => correctDifferences(tx, reading, kind));
      const { rows } = await sql`SELECT remote_id, state, in_flight FROM links`.execute(db);
      expect(rows).toMatchObject([expected]);
    },
  );
});
