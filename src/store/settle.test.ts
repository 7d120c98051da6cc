import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import { LeaseLost, type Lease } from './lanes.ts';
import { settle } from './settle.ts';

const [APPLICATION, ADA] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];

const leaseOf = (owner: string, epoch: string): Lease => ({
  applicationId: APPLICATION,
  owner,
  epoch,
  interrupted: false,
  version: '1',
});

const left: Settlement = {
  kind: 'user',
  subjectId: ADA,
  generation: '1',
  next: { do: 'done' },
  link: 'forget',
};

/** One application whose lane the second of two processes holds, and one link and one mark in it. */
async function takenOver({ db }: TestDatabase): Promise<void> {
  await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
    db,
  );
  await sql`INSERT INTO lanes (application_id, owner, epoch, until) VALUES (${APPLICATION}, 'second', 2, now() + interval '1 minute')`.execute(
    db,
  );
  await sql`INSERT INTO links (application_id, kind, subject_id, subject_name, state) VALUES (${APPLICATION}, 'user', ${ADA}, 'ada', 'active')`.execute(
    db,
  );
  await sql`INSERT INTO pending (application_id, kind, subject_id, priority) VALUES (${APPLICATION}, 'user', ${ADA}, 0)`.execute(
    db,
  );
}

async function counts({ db }: TestDatabase): Promise<object | undefined> {
  const { rows } = await sql<object>`
    SELECT (SELECT count(*)::int FROM links) AS links, (SELECT count(*)::int FROM pending) AS pending`.execute(
    db,
  );
  return rows[0];
}

describe.each(databaseKinds)('a settle on %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase(kind);
    await takenOver(database);
  });
  afterAll(() => database.close());

  it.each([
    ['of an epoch before', leaseOf('second', '1')],
    ['of somebody else', leaseOf('first', '2')],
  ])('R43: is refused under a lease %s, and changes nothing', async (_, lease) => {
    await expect(settle(database.db, lease, [left])).rejects.toThrow(LeaseLost);
    expect(await counts(database)).toEqual({ links: 1, pending: 1 });
  });

  it('is written under the lease that is held', async () => {
    await settle(database.db, leaseOf('second', '2'), [left]);
    expect(await counts(database)).toEqual({ links: 0, pending: 0 });
  });
});
