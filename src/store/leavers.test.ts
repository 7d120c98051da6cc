import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { insertEvents } from './events.ts';
import { countLeavers } from './leavers.ts';

const [APPLICATION, ADA, HOLD] = [1, 2, 3].map(
  (number) => `00000000-0000-7000-8000-00000000000${number}`,
) as [string, string, string];

/** What is known of Ada, who is in no group: her link, her mark, and her leaving in the log. */
interface Known {
  readonly state?: 'active' | 'inactive';
  readonly managed?: boolean;
  readonly kept?: boolean;
  readonly moving?: boolean;
  readonly mark?: { readonly priority?: number; readonly approved?: boolean; readonly held?: boolean };
  /** So many minutes ago she was deactivated. */
  readonly left?: readonly number[];
  /** An administrator had approved it. */
  readonly leftApproved?: boolean;
  readonly atHand?: boolean;
}

const marked = {};
const inactive = { state: 'inactive' } as const;

describe.each(databaseKinds)('who leaves, as the brake counts on %s', async (kind) => {
  const { db, close } = await testDatabase(kind);
  afterAll(close);
  beforeEach(async () => {
    for (const table of ['applications', 'links', 'pending', 'events'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(db);
    await sql`INSERT INTO applications (id, connector, label) VALUES (${APPLICATION}, 'scim2', 'App')`.execute(
      db,
    );
    await sql`INSERT INTO holds (id, application_id, state, reason, detail) VALUES (${HOLD}, ${APPLICATION}, 'open', '', '{}')`.execute(
      db,
    );
  });

  async function isKnown({
    state = 'active',
    managed = true,
    kept = false,
    moving = false,
    ...known
  }: Known) {
    await sql`
      INSERT INTO links (application_id, kind, subject_id, subject_name, state, remote_id, managed, kept, moving)
      VALUES (${APPLICATION}, 'user', ${ADA}, 'Ada', ${state}, '1', ${managed}, ${kept}, ${moving})`.execute(
      db,
    );
    if (known.mark !== undefined) {
      const { priority = 0, approved = false, held = false } = known.mark;
      await sql`
        INSERT INTO pending (application_id, kind, subject_id, priority, approved, hold_id)
        VALUES (${APPLICATION}, 'user', ${ADA}, ${priority}, ${approved}, ${held ? HOLD : null}::uuid)`.execute(
        db,
      );
    }
    for (const minutes of known.left ?? []) {
      const subject = { kind: 'user', id: ADA, name: 'Ada' } as const;
      const deactivation = known.leftApproved !== true;
      const event = {
        subject,
        operation: 'deactivateUser',
        outcome: 'done',
        sentence: '',
        deactivation,
      } as const;
      await db.transaction().execute((tx) => insertEvents(tx, APPLICATION, [event]));
      await sql`UPDATE events SET at = now() - make_interval(mins => ${minutes}) WHERE at > now() - interval '1 second'`.execute(
        db,
      );
    }
  }

  it.each([
    { managed: true, provisioned: 1 },
    { managed: false, provisioned: 0 },
  ])('R34, R46: who is there and managed ($managed) is provisioned', async ({ managed, provisioned }) => {
    await isKnown({ managed });
    expect(await countLeavers(db, APPLICATION, -1, [])).toMatchObject({ provisioned });
  });

  it.each<[string, Known, { waiting: number; recent: number }]>([
    ['is marked', { mark: marked }, { waiting: 1, recent: 0 }],
    [
      'is marked and moves to another account besides',
      { mark: marked, moving: true },
      { waiting: 1, recent: 0 },
    ],
    ['is held', { mark: { held: true } }, { waiting: 1, recent: 0 }],
    ['is at hand', { atHand: true }, { waiting: 1, recent: 0 }],
    ['is at hand, and marked', { mark: marked, atHand: true }, { waiting: 1, recent: 0 }],
    ['is not marked', {}, { waiting: 0, recent: 0 }],
    ['has been let pass', { mark: { approved: true } }, { waiting: 0, recent: 0 }],
    ['is kept', { mark: marked, kept: true }, { waiting: 0, recent: 0 }],
    ['is not managed', { mark: marked, managed: false }, { waiting: 0, recent: 0 }],
    ['has left before', { mark: marked, ...inactive }, { waiting: 0, recent: 0 }],
    ['is no leaver', { mark: { priority: 1 } }, { waiting: 0, recent: 0 }],
    ['left within the hour', { ...inactive, left: [59] }, { waiting: 0, recent: 1 }],
    ['left twice within the hour', { ...inactive, left: [59, 2] }, { waiting: 0, recent: 1 }],
    ['left before the hour', { ...inactive, left: [61] }, { waiting: 0, recent: 0 }],
    [
      'was let pass within the hour',
      { ...inactive, left: [2], leftApproved: true },
      { waiting: 0, recent: 0 },
    ],
    ['left within the hour and is back', { left: [2] }, { waiting: 0, recent: 0 }],
    ['is about to leave again', { left: [2], mark: marked }, { waiting: 1, recent: 0 }],
  ])('R46: somebody who %s', async (_, known, expected) => {
    await isKnown(known);
    const atHand = known.atHand === true ? [{ id: ADA, generation: '1' }] : [];
    expect(await countLeavers(db, APPLICATION, 25, atHand)).toMatchObject(expected);
  });
});
