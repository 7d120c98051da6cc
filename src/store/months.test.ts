import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseKinds, testDatabase } from '../../test/support/database.ts';
import { canonicalJson } from '../access/canonical.ts';
import { shortenAudit } from './audit-retention.ts';
import { listAudit } from './audit.ts';
import type { Handle } from './database.ts';
import { floorId } from './event-ids.ts';
import { AUDIT, EVENTS, makeMonths, monthAfter, readMonths, type MonthlyTable } from './months.ts';
import { dropOldEvents } from './retention.ts';
import { verifyAudit } from './verify-audit.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
const FAR = new Date('2091-05-05T05:05:05Z');

let serial = 0;

/** An id of that time. */
const idOf = (time: Date): string =>
  floorId(time.getTime()).slice(0, 24) + String((serial += 1)).padStart(12, '0');

async function writeEvent(db: Handle, time: Date): Promise<string> {
  const id = idOf(time);
  await sql`
    INSERT INTO events (id, application_id, at, kind, subject_id, subject_name, operation, outcome, sentence)
    VALUES (${id}, ${id}, ${time}, 'user', ${id}, 'ada', 'createUser', 'done', 'Created')`.execute(db);
  return id;
}

const CONTENT = canonicalJson({ action: 'user.updated', actor: { name: 'grace' }, subject: { name: 'ada' } });

const writeAct = (db: Handle, time: Date) =>
  sql`INSERT INTO audit (at, content) VALUES (${time}, ${CONTENT}::json)`.execute(db);

/** As if there had been months for as long as there are rows. */
const forgetBefore = async (db: Handle, table: MonthlyTable): Promise<void> => {
  const [first] = await readMonths(db, table);
  await sql`DROP TABLE ${sql.table(first?.partition ?? '')}`.execute(db);
};

/** Where the rows are, and in what order. */
async function places(db: Handle, { key, name }: MonthlyTable): Promise<string[]> {
  const { rows } = await sql<{ place: string }>`
    SELECT tableoid::regclass::text AS place FROM ${sql.table(name)} ORDER BY ${sql.ref(key)}`.execute(db);
  return rows.map(({ place }) => place);
}

/** The name of the partition of the month that is so many after this one. */
const named = (table: MonthlyTable, months: number, until = ''): string =>
  `${table.name}_${until}${monthAfter(new Date(), months).toISOString().slice(0, 7).replace('-', '_')}`;

const TABLES: readonly [MonthlyTable, (db: Handle, time: Date) => Promise<unknown>][] = [
  [EVENTS, writeEvent],
  [AUDIT, writeAct],
];

describe.each(databaseKinds)('months on %s', async (kind) => {
  const { db } = await testDatabase(kind);

  describe.each(TABLES)('of $name', (table, write) => {
    const partitions = async () => (await readMonths(db, table)).map(({ partition }) => partition);
    const next = monthAfter(new Date(), 1);

    it('catches what has no month, also of a clock that jumps, and moves it when its month is made', async () => {
      await write(db, new Date());
      await write(db, next);
      await write(db, FAR);
      const waiting = `${table.name}_default`;
      expect(await places(db, table)).toEqual([named(table, 0, 'until_'), waiting, waiting]);
      await makeMonths(db, table);
      expect(await places(db, table)).toEqual([named(table, 0, 'until_'), named(table, 1), waiting]);
    });

    it('has the next two before they begin, and makes none twice', async () => {
      const expected = [named(table, 0, 'until_'), named(table, 1), named(table, 2)];
      expect(await partitions()).toEqual(expected);
      await makeMonths(db, table);
      expect(await partitions()).toEqual(expected);
    });

    it('puts the last moment of a month and the first of the next where they belong', async () => {
      await write(db, new Date(monthAfter(next, 1).getTime() - 1));
      await write(db, monthAfter(next, 1));
      expect((await places(db, table)).slice(2, 4)).toEqual([named(table, 1), named(table, 2)]);
    });
  });

  it('R48: the log is kept at least as long as set, and each month of it dropped when all of it is older', async () => {
    const { db: other } = await testDatabase(kind);
    await forgetBefore(other, EVENTS);
    const kept: string[] = [];
    for (let days = 0; days < 130; days += 1) {
      const id = await writeEvent(other, inDays(-days - 0.01));
      if (days < 40) kept.push(id);
    }
    await makeMonths(other, EVENTS);
    expect(await dropOldEvents(other, 40)).toBeGreaterThan(0);
    const { rows } = await sql<{ id: string; at: Date }>`SELECT id, at FROM events ORDER BY id DESC`.execute(
      other,
    );
    expect(rows.map(({ id }) => id).slice(0, 40)).toEqual(kept);
    expect(Math.min(...rows.map(({ at }) => at.getTime()))).toBeGreaterThan(inDays(-40 - 32).getTime());
    expect(await dropOldEvents(other, 40)).toBe(0);
  });
});

describe.each(databaseKinds.filter((kind) => kind === 'postgres'))('months on %s', (kind) => {
  it('leaves a month as it is while it is read for long', async () => {
    const { db: other } = await testDatabase(kind);
    await forgetBefore(other, EVENTS);
    const id = await writeEvent(other, inDays(-100));
    await makeMonths(other, EVENTS);
    const reading = await other.startTransaction().execute();
    onTestFinished(() =>
      reading
        .commit()
        .execute()
        .then(() => undefined),
    );
    await sql`SELECT FROM events`.execute(reading);
    await expect(dropOldEvents(other, 40)).rejects.toThrow('lock timeout');
    expect((await sql<{ id: string }>`SELECT id FROM events`.execute(other)).rows).toEqual([{ id }]);
    await makeMonths(other, EVENTS);
  });
});

describe.each(databaseKinds)('the months of the audit trail on %s', async (kind) => {
  const { db } = await testDatabase(kind);
  await forgetBefore(db, AUDIT);
  for (const days of [200, 199, 90, 50, 1]) await writeAct(db, inDays(-days));

  it('move without a break in the chain', async () => {
    const before = await verifyAudit(db);
    expect(before).toMatchObject({ whole: true, entries: 5 });
    await makeMonths(db, AUDIT);
    expect(new Set(await places(db, AUDIT)).size).toBeGreaterThan(3);
    expect(await verifyAudit(db)).toEqual(before);
  });

  it.each(['UPDATE % SET seq = 9', 'DELETE FROM %', 'TRUNCATE %'])(
    'are only ever added to, each by itself: %s',
    async (statement) => {
      const partitions = [
        ...(await readMonths(db, AUDIT)).map(({ partition }) => partition),
        'audit_default',
      ];
      for (const partition of partitions)
        await expect(sql.raw(statement.replace('%', partition)).execute(db)).rejects.toThrow(
          'The audit trail is only ever added to.',
        );
    },
  );

  it('are dropped where it is not kept for good; the trail says so, and the chain goes on from there', async () => {
    expect(await shortenAudit(db, 36_500)).toBe(0);
    expect(await shortenAudit(db, 100)).toBeGreaterThan(0);
    const { items } = await listAudit(db, { limit: 1, sort: '-at' });
    expect(items).toMatchObject([
      { seq: 6, action: 'auditTrail.shortened', subject: { name: 'the entries up to 2' }, after: { seq: 2 } },
    ]);
    expect(await verifyAudit(db)).toMatchObject({ whole: true, entries: 4, broken: null });
    expect(await shortenAudit(db, 100)).toBe(0);
  });

  it('are missed where somebody else drops one', async () => {
    const [, oldest] = await places(db, AUDIT);
    await sql`DROP TABLE ${sql.table(oldest ?? '')}`.execute(db);
    expect(await verifyAudit(db)).toMatchObject({
      whole: false,
      broken: expect.stringContaining('is missing') as unknown,
    });
  });

  it('stay while an entry from later stands before theirs, because a clock was set back', async () => {
    const { db: other } = await testDatabase(kind);
    await forgetBefore(other, AUDIT);
    for (const days of [10, 100, 10]) await writeAct(other, inDays(-days));
    await makeMonths(other, AUDIT);
    expect(await shortenAudit(other, 40)).toBe(0);
    expect(await verifyAudit(other)).toMatchObject({ whole: true, entries: 3 });
  });
});
