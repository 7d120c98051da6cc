import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { groupFacts, groupLink, userFacts, userLink } from '../../test/support/facts.ts';
import { leaseFor } from '../../test/support/lease.ts';
import { groupLinkOf } from '../provisioning/group-link.ts';
import { ACCOUNT_SHARED } from '../provisioning/plan-user.ts';
import type { LinkWrite, Settlement } from '../provisioning/settlement.ts';
import { userLinkOf } from '../provisioning/user-link.ts';
import { timeOf } from './event-ids.ts';
import { LeaseLost } from './lease.ts';
import { settle } from './settle.ts';
import { wakeShared } from './settle-pending.ts';

const [APPLICATION, ADA] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];

const GROUPS = ['00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000004'] as const;

const leaseOf = leaseFor(APPLICATION);

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
  await sql`INSERT INTO pending (application_id, kind, subject_id, generation, priority) VALUES (${APPLICATION}, 'user', ${ADA}, 1, 0)`.execute(
    db,
  );
}

const arrived: Settlement = {
  kind: 'user',
  subjectId: ADA,
  generation: '1',
  next: { do: 'done' },
  link: userLinkOf(userFacts({ name: 'Ada' }), {
    remoteId: 'r-ada',
    state: 'active',
    accepted: { userName: 'ada' },
  }),
  event: {
    subject: { kind: 'user', id: ADA, name: 'Ada' },
    operation: 'createUser',
    outcome: 'done',
    sentence: 'Ada was created.',
    exchanges: [{ method: 'POST', path: '/Users', request: { said: 'in two\nlines' }, durationMs: 1 }],
  },
};

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

  it('merges a link into one that was made after the user was claimed without one', async () => {
    await sql`INSERT INTO links (application_id, kind, subject_id, subject_name, state, kept) VALUES (${APPLICATION}, 'user', ${ADA}, 'ada', 'absent', true)`.execute(
      database.db,
    );
    await settle(database.db, leaseOf('second', '2'), [arrived]);
    const { rows } = await sql`SELECT subject_name, remote_id, state, accepted, kept FROM links`.execute(
      database.db,
    );
    expect(rows).toEqual([
      {
        subject_name: 'Ada',
        remote_id: 'r-ada',
        state: 'active',
        accepted: { userName: 'ada' },
        kept: true,
      },
    ]);
    const logged = await sql`SELECT operation, changes, exchanges FROM events`.execute(database.db);
    expect(logged.rows).toEqual([
      { operation: 'createUser', changes: null, exchanges: arrived.event?.exchanges },
    ]);
  });

  it('R44: the first failure of a create knows since when it fails, and the next one too', async () => {
    await sql`DELETE FROM links`.execute(database.db);
    const error = { code: 'unreachable', message: 'It is down.', retrying: true };
    const fails: Settlement = { ...arrived, link: userLinkOf(userFacts({ name: 'Ada' }), { error }) };
    const since = async (): Promise<unknown> =>
      (await sql<{ since: string | null }>`SELECT error ->> 'since' AS since FROM links`.execute(database.db))
        .rows[0]?.since;
    await settle(database.db, leaseOf('second', '2'), [fails]);
    const first = await since();
    expect(first).toMatch(/^\d{4}-/);
    await settle(database.db, leaseOf('second', '2'), [fails]);
    expect(await since()).toBe(first);
  });

  it('R41: a failure does not put off what was marked anew meanwhile', async () => {
    const { db } = database;
    await sql`UPDATE applications SET idm_state = 'active'`.execute(db);
    await sql`INSERT INTO pending (application_id, kind, subject_id, generation, priority) VALUES (${APPLICATION}, 'user', ${ADA}, 2, 0)`.execute(
      db,
    );
    const later: Settlement = { ...left, link: undefined, next: { do: 'later', delayMs: 3_600_000 } };
    await settle(db, leaseOf('second', '2'), [later]);
    const { rows } = await sql`SELECT attempts, due_at <= now() AS due FROM pending`.execute(db);
    expect(rows).toEqual([{ attempts: 0, due: true }]);
    await sql`DELETE FROM pending`.execute(db);
  });

  it('R17: whoever was found waiting for an account that was given up in that moment is looked at again at once', async () => {
    const { db } = database;
    await sql`DELETE FROM links`.execute(db);
    await sql`INSERT INTO pending (application_id, kind, subject_id, generation, priority) VALUES (${APPLICATION}, 'user', ${ADA}, 3, 0)`.execute(
      db,
    );
    const error = { code: ACCOUNT_SHARED, message: 'It is Bob’s.', retrying: false };
    const waits: Settlement = {
      ...left,
      generation: '3',
      link: userLinkOf(userFacts({ name: 'Ada' }), { error }),
      next: { do: 'later', delayMs: 1 },
    };
    await settle(db, leaseOf('second', '2'), [waits]);
    await setTimeout(5);
    await db.transaction().execute((tx) => wakeShared(tx, APPLICATION));
    await settle(db, leaseOf('second', '2'), [{ ...waits, next: { do: 'later', delayMs: 3_600_000 } }]);
    expect((await sql`SELECT due_at <= now() AS due FROM pending`.execute(db)).rows).toEqual([{ due: true }]);
    await sql`DELETE FROM pending`.execute(db);
  });

  it.each<[string, Partial<LinkWrite>, object]>([
    [
      'what was changed at one path',
      { accepted: { userName: 'ada', displayName: 'Ada L.' } },
      { accepted: { userName: 'found', displayName: 'Ada L.' }, key: 'found', state: 'inactive' },
    ],
    [
      'nothing',
      {},
      {
        accepted: { userName: 'found', displayName: 'Ada', title: 'Countess' },
        key: 'found',
        state: 'inactive',
      },
    ],
    [
      'another name',
      { accepted: { userName: 'countess', displayName: 'Ada', title: 'Countess' } },
      {
        accepted: { userName: 'countess', displayName: 'Ada', title: 'Countess' },
        key: 'countess',
        state: 'inactive',
      },
    ],
    [
      'another account',
      { remoteId: 'r-new', accepted: { userName: 'ada' } },
      { accepted: { userName: 'ada' }, key: 'ada', state: 'active' },
    ],
  ])(
    'R15, R16: %s is written, and what an inventory found meanwhile of the rest stays',
    async (_, changed, expected) => {
      const { db } = database;
      await sql`DELETE FROM links`.execute(db);
      await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, remote_id, key, accepted)
      VALUES (${APPLICATION}, 'user', ${ADA}, 'Ada', 'inactive', 'r-ada', 'found',
        '{"userName": "found", "displayName": "Ada", "title": "Countess"}')`.execute(db);
      const accepted = { userName: 'ada', displayName: 'Ada', title: 'Countess' };
      const link = userLinkOf(userFacts({ name: 'Ada', link: userLink({ accepted }) }), changed);
      await settle(db, leaseOf('second', '2'), [
        { kind: 'user', subjectId: ADA, generation: '1', next: { do: 'done' }, link },
      ]);
      const written = db
        .selectFrom('links')
        .select(['accepted', 'key', 'state'])
        .where('subject_id', '=', ADA);
      expect(await written.executeTakeFirst()).toEqual(expected);
      await sql`DELETE FROM links`.execute(db);
    },
  );

  it.each([
    [
      'user',
      ADA,
      () => userLinkOf(userFacts({ name: 'Ada', link: userLink() }), { accepted: { displayName: 'A.' } }),
    ],
    [
      'group',
      GROUPS[0],
      () => groupLinkOf(groupFacts({ link: groupLink() }), { accepted: { displayName: 'E.' } }),
    ],
  ] as const)(
    'R16: a %s that an inventory found gone while a change was under way stays so',
    async (kindOf, subjectId, linkOf) => {
      const { db } = database;
      await sql`DELETE FROM links`.execute(db);
      await sql`INSERT INTO links (application_id, kind, subject_id, subject_name, state) VALUES (${APPLICATION}, ${kindOf}, ${subjectId}, 'Ada', 'absent')`.execute(
        db,
      );
      const changed = {
        kind: kindOf,
        subjectId,
        generation: '1',
        next: { do: 'done' },
        link: linkOf(),
      } as const;
      await settle(db, leaseOf('second', '2'), [changed]);
      const written = db
        .selectFrom('links')
        .select(['remote_id', 'state'])
        .where('subject_id', '=', subjectId);
      expect(await written.executeTakeFirst()).toEqual({ remote_id: null, state: 'absent' });
      await sql`DELETE FROM links`.execute(db);
    },
  );

  it.each([
    ['was not asked for keeps what an inventory found meanwhile', {}, 'Renamed there'],
    ['was found out is written', { accepted: { displayName: 'Eng' }, key: 'eng' }, 'Eng'],
  ])('R16, R22: the name of a group that %s', async (_, changed, displayName) => {
    const { db } = database;
    const id = GROUPS[displayName === 'Eng' ? 0 : 1];
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, remote_id, key, accepted)
      VALUES (${APPLICATION}, 'group', ${id}, 'Eng', 'active', ${`r-${id}`}, 'renamed there', '{"displayName": "Renamed there"}')`.execute(
      db,
    );
    const facts = groupFacts({ id, link: groupLink({ remoteId: `r-${id}`, displayName: 'Eng' }) });
    const link = groupLinkOf(facts, changed);
    const settlement = { kind: 'group', subjectId: id, generation: '1', next: { do: 'done' }, link } as const;
    await settle(db, leaseOf('second', '2'), [settlement]);
    const written = db.selectFrom('links').select(['accepted', 'key']).where('subject_id', '=', id);
    expect(await written.executeTakeFirst()).toEqual({
      accepted: { displayName },
      key: displayName.toLowerCase(),
    });
  });

  it('R48: an event gets its id once the lane is free, so that whoever follows the log does not look past it', async () => {
    await sql`DELETE FROM links`.execute(database.db);
    await sql`DELETE FROM events`.execute(database.db);
    const { settled, freedAt } = await database.db.transaction().execute(async (tx) => {
      await sql`SELECT 1 FROM lanes FOR UPDATE`.execute(tx);
      const waiting = settle(database.db, leaseOf('second', '2'), [arrived]);
      await setTimeout(200);
      return { settled: waiting, freedAt: Date.now() };
    });
    await settled;
    const { rows } = await sql<{ id: string }>`SELECT id FROM events`.execute(database.db);
    expect(rows.map(({ id }) => timeOf(id) >= freedAt)).toEqual([true]);
  });
});
