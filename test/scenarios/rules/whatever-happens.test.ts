import type { RequestListener } from 'node:http';
import { sql } from 'kysely';
import { afterEach, describe, expect, it, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../../src/clock.ts';
import { loadConfig } from '../../../src/config.ts';
import { silentLogger } from '../../../src/log.ts';
import { startLanes, startRollcall } from '../../../src/rollcall.ts';
import { detailOf } from '../../support/api.ts';
import { bodyOf, person, routes, writes, type Company } from '../../support/company.ts';
import { databaseKinds, type DatabaseKind } from '../../support/database.ts';
import { anyNumber, anyText, textLike } from '../../support/matchers.ts';
import { BACKOFF_MS } from '../../support/rollcall.ts';
import { until } from '../../support/scene.ts';
import { emailOf, type Asked } from '../../support/segment.ts';
import { stage } from '../../support/stage.ts';
import { startTarget } from '../../support/target.ts';

const eventsSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      operation: z.string(),
      outcome: z.string(),
      sentence: z.string(),
      exchanges: z.array(z.looseObject({ method: z.string(), path: z.string() })),
    }),
  ),
});
const holdsSchema = z.looseObject({
  items: z.array(z.looseObject({ id: z.string(), state: z.string(), held: z.number() })),
});
const totalSchema = z.looseObject({ total: z.number() });

const names = (count: number, prefix = 'u'): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(3, '0')}`);

const creates = (asked: readonly Asked[]): unknown[] =>
  asked.filter(({ route }) => route === 'POST /Users').map((one) => bodyOf(one)['userName']);

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds from the end of each request to the next one. */
const gapsOf = (asked: readonly Asked[]): number[] =>
  asked.slice(1).map(({ time }, at) => time - (asked[at]?.time ?? 0));

describe.each(databaseKinds)('whatever happens, on the %s database', async (kind) => {
  const { company: begins, rollcall, segment, endsWith } = await stage(kind);
  const calm = { errorRate: 0, dropRate: 0, errorAfterWork: false, latencyMs: 0, unauthorized: false };
  const eventsOf = async (company: Company, query = '') =>
    eventsSchema.parse(
      await company.call('GET', `/events?application=${company.applicationId}&limit=500${query}`),
    ).items;

  describe('R40: level, not edge', () => {
    const beginning = { users: ['ada'], groups: { Staff: ['ada'] }, segment: { userUpdates: 'apply' } };
    const tenChanges = async (company: Company): Promise<void> => {
      for (const nth of names(10, 'Name')) await company.changes('ada', { lastname: nth });
    };

    it('R40: ten changes to one user before a sync make one request', async () => {
      const company = await begins(beginning);
      await company.deactivates();
      await tenChanges(company);
      const asked = await company.sends(() => company.activates());
      expect(writes(asked)).toEqual(['PUT /Users/{id}']);
      expect(await segment.displayNameOf('ada')).toBe('Ada Name009');
    });

    it('R40: and so do those that come while a request is under way', async () => {
      const company = await begins(beginning);
      await segment.behaves({ latencyMs: 4000 });
      const asked = await company.sends(async () => {
        await company.changes('ada', { lastname: 'First' });
        await until('it is under way', async () => (await segment.displayNameOf('ada')) === 'Ada First');
        await tenChanges(company);
        await segment.behaves(calm);
      });
      expect(routes(asked)).toEqual(['PUT /Users/{id}', 'PUT /Users/{id}']);
      expect(await segment.displayNameOf('ada')).toBe('Ada Name009');
    });

    it('R40: a change that was taken back sends nothing', async () => {
      const company = await begins({ ...beginning, users: ['ada', 'bob'] });
      await company.deactivates();
      await company.changes('ada', { lastname: 'Byron' });
      await company.adds('Staff', 'bob');
      await company.suspends('ada');
      await company.renames('Staff', 'Everybody');
      await company.changes('ada', { lastname: 'Test', state: 'active' });
      await company.removes('Staff', 'bob');
      await company.renames('Staff', 'Staff');
      expect(writes(await company.sends(() => company.activates()))).toEqual([]);
    });
  });

  describe('R41: a change and the note that something needs syncing', () => {
    it('R41: an accepted change is not lost when the server stops at once', async () => {
      const company = await begins({
        users: ['ada', 'bob', 'cyd'],
        groups: { Staff: ['ada', 'bob', 'cyd'], Editors: ['ada'] },
      });
      await segment.behaves({ errorRate: 1 });
      await company.suspends('cyd');
      await company.hires('dan', ['Staff']);
      await company.removes('Staff', 'bob');
      await company.dissolves('Editors');
      await rollcall.restart();
      await segment.behaves(calm);
      await company.untilIdle();
      expect(await segment.holds()).toEqual({ people: ['ada', 'dan'], groups: { Staff: ['ada', 'dan'] } });
    });

    it('R41: where the note can not be written, the change is not made either', async () => {
      const company = await begins({
        users: ['ada', 'bob', 'cyd'],
        groups: { Staff: ['ada', 'bob'] },
        unbound: { Others: ['cyd'] },
      });
      const { db } = rollcall.database;
      const directory = async () => [
        (await rollcall.api('GET', '/users')).body,
        (await rollcall.api('GET', '/groups')).body,
        await company.ask('GET', '/groups'),
      ];
      const before = await directory();
      await sql`CREATE FUNCTION no_notes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no notes''; END'`.execute(
        db,
      );
      await sql`CREATE TRIGGER no_notes BEFORE INSERT OR UPDATE ON pending FOR EACH ROW EXECUTE FUNCTION no_notes()`.execute(
        db,
      );
      const changes = [
        () => company.changes('ada', { lastname: 'Byron' }),
        () => company.suspends('ada'),
        () => company.dismisses('ada'),
        () => company.removes('Staff', 'ada'),
        () => company.adds('Staff', 'cyd'),
        () => company.renames('Staff', 'Everybody'),
        () => company.dissolves('Staff'),
        () => company.binds('Others'),
        () => company.unbinds('Staff'),
        () =>
          company.call('POST', '/users/bulk?existing=update', {
            users: [
              { ...person('ada'), lastname: 'Byron' },
              { ...person('eva'), groups: ['Staff'] },
            ],
          }),
      ];
      try {
        for (const change of changes) await expect(change()).rejects.toThrow(/ 500 /);
        expect(await directory()).toEqual(before);
      } finally {
        await sql`DROP TRIGGER no_notes ON pending`.execute(db);
        await sql`DROP FUNCTION no_notes`.execute(db);
      }
    });
  });

  describe('R42: a create whose answer was lost', () => {
    const forgiving = { groupNamesUnique: false, activeMember: 'ok', userUpdates: 'apply' };
    const beginning = { users: ['ada'], groups: { Staff: ['ada'] }, segment: forgiving };
    /** Bob is created, and every answer is lost. */
    const losesBob = async (fault: Record<string, unknown>): Promise<Company> => {
      const company = await begins(beginning);
      await segment.behaves(fault);
      await company.hires('bob', ['Staff']);
      await until('he was created', async () => (await segment.holds()).people.includes('bob'));
      return company;
    };
    /** A group is looked for, is not there, is created, and the answer to that is lost. */
    const losesEditors = async (fault: Record<string, unknown>): Promise<Company> => {
      const company = await begins({ ...beginning, unbound: { Editors: ['ada'] } });
      await segment.behaves({ latencyMs: 500 });
      const before = await segment.now();
      await company.binds('Editors');
      await until('it is looked for', async () =>
        routes(await segment.asked(before)).includes('GET /Groups'),
      );
      await segment.behaves({ ...fault, latencyMs: 0 });
      await until('it was created', async () => 'Editors' in (await segment.holds()).groups);
      return company;
    };
    const isWellAgain = async (company: Company, restart: boolean): Promise<readonly Asked[]> => {
      if (restart) await rollcall.restart();
      await segment.behaves(calm);
      await company.untilIdle();
      return segment.asked();
    };
    const faults = [
      { fault: { dropRate: 1 }, restart: false },
      { fault: { dropRate: 1 }, restart: true },
      { fault: { errorRate: 1, errorAfterWork: true }, restart: false },
    ];

    it.each(faults)(
      'R42: is never repeated: a user is asked for first ($fault, server restarted: $restart)',
      async (story) => {
        const company = await losesBob(story.fault);
        const asked = await isWellAgain(company, story.restart);
        expect(creates(asked)).toEqual([emailOf('ada'), emailOf('bob')]);
        expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      },
    );

    it.each(faults)(
      'R42: is never repeated: nor for a move from an account that was left before ($fault, server restarted: $restart)',
      async (story) => {
        const company = await begins({ ...beginning, segment: { ...forgiving, userUpdates: 'ignore' } });
        await company.sends(() => company.changes('ada', { username: emailOf('byron'), email: null }));
        await company.sends(() => company.suspends('ada'));
        await company.ask('POST', `/users/${company.userId('ada')}/choose`, { choice: 'move' });
        await company.untilIdle();
        await segment.behaves(story.fault);
        const before = await segment.now();
        await company.reinstates('ada');
        await until('she was created', async () => (await segment.holds()).people.includes('byron'));
        await isWellAgain(company, story.restart);
        const asked = await segment.asked(before);
        expect(creates(asked)).toEqual([emailOf('byron')]);
        expect(writes(asked)).not.toContain('PUT /Users/{id}');
        expect(writes(asked)).not.toContain('PATCH /Users/{id}');
        expect(await segment.holds()).toEqual({ people: ['byron'], groups: { Staff: ['byron'] } });
        expect(await company.account('ada')).toMatchObject({ moving: false, error: null, attention: null });
      },
    );

    it.each(faults)(
      'R42: is never repeated: a group is asked for first ($fault, server restarted: $restart)',
      async (story) => {
        const company = await losesEditors(story.fault);
        const asked = await isWellAgain(company, story.restart);
        const created = asked
          .filter(({ route }) => route === 'POST /Groups')
          .map((one) => bodyOf(one)['displayName']);
        expect(created).toEqual(['Staff', 'Editors']);
        expect(await segment.holds()).toEqual({
          people: ['ada'],
          groups: { Staff: ['ada'], Editors: ['ada'] },
        });
      },
    );

    it('R42: is never repeated: one that a process had under way when it died is asked for first', async () => {
      const company = await begins({ ...beginning, users: ['ada', 'bob'] });
      await segment.joins('bob');
      const left = { id: company.userId('bob'), name: 'Bob', creates: true, sent_as: emailOf('bob') };
      await sql`
        INSERT INTO lane_sending (application_id, epoch, steps)
        VALUES (${company.applicationId}, 0, ${JSON.stringify([left])}::json)`.execute(rollcall.database.db);
      const asked = await company.sends(() => company.adds('Staff', 'bob'));
      expect(creates(asked)).toEqual([]);
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    });

    it('R42: every one that is under way is written down, for whoever comes after a process that dies', async () => {
      const company = await begins(beginning);
      const written = async (): Promise<string[]> => {
        const { rows } = await sql<{ name: string }>`
          SELECT DISTINCT r.sent_as AS name FROM lane_sending s, json_to_recordset(s.steps) AS r(sent_as text)
          WHERE s.application_id = ${company.applicationId} ORDER BY 1`.execute(rollcall.database.db);
        return rows.map(({ name }) => name);
      };
      await segment.behaves({ latencyMs: 1000 });
      for (const name of ['bob', 'cyd']) {
        const before = await segment.now();
        await company.hires(name, ['Staff']);
        await until('it is under way', async () => creates(await segment.asked(before)).length > 0);
      }
      expect(await written()).toEqual([emailOf('bob'), emailOf('cyd')]);
      await segment.behaves(calm);
      await company.untilIdle();
      expect(await written()).toEqual([]);
    });

    it('R42: is found again, also where its record has another name meanwhile', async () => {
      const company = await losesBob({ dropRate: 1 });
      await company.changes('bob', { username: emailOf('robert'), email: null });
      await isWellAgain(company, false);
      expect(await segment.holds()).toEqual({
        people: ['ada', 'robert'],
        groups: { Staff: ['ada', 'robert'] },
      });
      const other = await losesEditors({ dropRate: 1 });
      await other.renames('Editors', 'Authors');
      await isWellAgain(other, false);
      expect(await segment.holds()).toEqual({
        people: ['ada'],
        groups: { Staff: ['ada'], Authors: ['ada'] },
      });
    });

    it('R42: is found again, also where its record is gone meanwhile', async () => {
      const company = await losesBob({ dropRate: 1 });
      await company.dismisses('bob');
      await isWellAgain(company, false);
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
      const other = await losesEditors({ dropRate: 1 });
      await other.dissolves('Editors');
      await isWellAgain(other, false);
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    });
  });

  describe('R43: one application has one writer at a time', () => {
    const closing: (() => Promise<void>)[] = [];
    const runtime = { clock: systemClock, log: silentLogger, backoffMs: BACKOFF_MS, jobs: false };
    /** What one kind of database cannot show is not a test on it, rather than one that is left out. */
    const onlyOn = (database: DatabaseKind, name: string, test: () => Promise<void>): void => {
      if (kind === database) it(name, test);
    };
    const second = () => loadConfig({ ...rollcall.env, ROLLCALL_SLICE_SECONDS: '1' });
    afterEach(async () => {
      for (const close of closing.splice(0)) await close();
    });

    onlyOn('postgres', 'R43: across processes, also while one hands over to another', async () => {
      const people = names(40);
      const company = await begins({
        users: people,
        groups: { Staff: people },
        active: false,
        segment: { latencyMs: 25 },
        connection: { behaviour: { rate: { concurrency: 1, requestsPerSecond: 1000 } } },
      });
      for (let more = 0; more < 2; more += 1) closing.push((await startLanes(second(), runtime)).close);
      await company.activates();
      const before = await segment.now();
      await until('it is under way', async () => (await segment.holds()).people.length >= 10);
      await rollcall.restart();
      await company.untilIdle();
      const asked = await segment.asked(before);
      expect(creates(asked).sort()).toEqual(people.map(emailOf));
      // The work of one request is done before its latency: two at once would come closer together than that.
      expect(Math.min(...gapsOf(asked))).toBeGreaterThanOrEqual(20);
      expect((await segment.holds()).groups).toEqual({ Staff: people });
    });

    it('R43: a process that slept past its lease sends nothing when it wakes', async () => {
      const people = names(6);
      const company = await begins({
        users: people,
        groups: { Staff: [] },
        segment: { latencyMs: 100 },
        connection: { behaviour: { rate: { concurrency: 1, requestsPerSecond: 1000 } } },
      });
      const before = await segment.now();
      await company.adds('Staff', ...people);
      await until('it is under way', async () => (await segment.asked(before)).length > 0);
      // It sleeps before each look at its clock, so that no lease lasts that it takes or renews meanwhile.
      const { monotonic } = systemClock;
      let sleptMs = 0;
      const clock = vi
        .spyOn(systemClock, 'monotonic')
        .mockImplementation(() => monotonic() + (sleptMs += 4000));
      onTestFinished(() => clock.mockRestore());
      // What had left before may arrive only now.
      await pause(300);
      const woken = await segment.now();
      await pause(400);
      expect(routes(await segment.asked(woken))).toEqual([]);
      clock.mockRestore();
      await segment.behaves({ latencyMs: 0 });
      await rollcall.restart();
      await company.untilIdle();
      expect((await segment.holds()).groups).toEqual({ Staff: people });
    });

    onlyOn('embedded', 'R43: the embedded database has one process alone', async () => {
      await begins({ active: false });
      const config = loadConfig({ ...rollcall.env, PORT: '0' });
      await expect(startRollcall(config, runtime)).rejects.toThrow(/already|another|in use|process/i);
    });
  });

  describe('R44: slow down, retry, give up, pause', () => {
    it('R44: waits as long as the target asks', async () => {
      const company = await begins({
        users: ['ada', ...names(4)],
        groups: { Staff: ['ada'] },
        connection: { behaviour: { rate: { concurrency: 1 } } },
      });
      await segment.behaves({ rateLimitPerSecond: 2 });
      const asked = await company.sends(() => company.adds('Staff', ...names(4)));
      await segment.behaves({ rateLimitPerSecond: 0 });
      const tooMany = asked.map(({ fault }) => fault === 'rate-limited');
      const rests = gapsOf(asked).filter((_, at) => tooMany[at]);
      expect(rests.length).toBeGreaterThan(0);
      expect(Math.min(...rests)).toBeGreaterThanOrEqual(950);
      expect(await segment.holds()).toMatchObject({ groups: { Staff: ['ada', ...names(4)] } });
      expect(await company.status()).toMatchObject({ failed: 0 });
    });

    it('R44: retries what is transient, with growing waits', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const before = await segment.now();
      await segment.behaves({ errorRate: 1, errorStatus: 500 });
      await company.hires('bob', ['Staff']);
      const tries = async () =>
        (await segment.asked(before)).filter(({ path, requestBody }) =>
          `${path}${requestBody}`.includes('bob'),
        );
      await until('it was tried seven times', async () => (await tries()).length >= 7);
      await segment.behaves(calm);
      await company.untilIdle();
      const gaps = gapsOf((await tries()).slice(0, 7));
      // Each wait is twice the one before, less at most a half as jitter; a busy machine only makes it longer.
      gaps.forEach((gap, at) => expect(gap).toBeGreaterThanOrEqual((BACKOFF_MS / 2) * 2 ** at));
      expect((await segment.holds()).groups).toEqual({ Staff: ['ada', 'bob'] });
      expect(await company.account('bob')).toMatchObject({ error: null });
    });

    it('R44: a permanent refusal is on that one record, in the target’s words and ours; the rest goes on', async () => {
      const people = ['ada', 'bob', 'cyd'];
      const company = await begins({
        users: people,
        groups: { Staff: people },
        segment: { refuseUsers: [emailOf('bob')] },
      });
      expect(await segment.holds()).toEqual({ people: ['ada', 'cyd'], groups: { Staff: ['ada', 'cyd'] } });
      expect(await company.account('bob')).toMatchObject({
        state: 'absent',
        error: { retrying: false, status: 400, said: textLike(/refuseUsers/), message: textLike(/.{20}/) },
      });
      for (const name of ['ada', 'cyd']) expect(await company.account(name)).toMatchObject({ error: null });
      const before = await segment.now();
      await pause(300);
      expect(await segment.asked(before)).toEqual([]);
      expect(await company.status()).toMatchObject({ state: 'active', failed: 1 });
      endsWith({ refuseUser: 1 });
    });

    it('R47: what was refused is in the plan as refused: it is not sent again by it, and is by a sync', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
        unbound: { Board: ['ada'] },
        segment: { refuseUsers: [emailOf('bob')] },
      });
      await segment.hasGroup('Crew');
      await company.renames('Editors', 'Crew');
      await company.untilIdle();
      const plan = z
        .looseObject({ checksum: z.string(), summary: z.unknown(), steps: z.array(z.unknown()) })
        .parse(await company.ask('GET', '/plan'));
      expect(plan.summary).toEqual({ refuseUser: 1, refuseGroup: 1 });
      expect(plan.steps).toMatchObject([
        {
          kind: 'refuseUser',
          sentence: textLike(
            /^Create the account "bob@.*: The application refused .* It waits for a change, or for Retry$/,
          ),
        },
        { kind: 'refuseGroup', sentence: textLike(/^Rename the group "Editors" to "Crew": .* for Retry$/) },
      ]);
      await company.binds('Board');
      await company.untilIdle();
      const { checksum } = plan;
      const applied = await company.sends(() => company.ask('POST', '/apply', { checksum }));
      expect(routes(applied)).toEqual([]);
      expect(await company.plans()).toEqual(plan.summary);
      await company.changes('bob', { lastname: 'Byron' });
      await company.untilIdle();
      expect(await company.plans()).toEqual(plan.summary);
      await company.deactivates();
      expect(await company.plans()).toEqual({ createUser: 1, renameGroup: 1, changeMembers: 1 });
      await company.activates();
      await company.untilIdle();
      await segment.behaves({ refuseUsers: [] });
      await segment.deletes('Groups', 'Crew');
      await company.sends(() => company.ask('POST', '/sync', {}));
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Crew: ['ada'], Board: ['ada'] },
      });
    });

    it('R44: a reading that a rejected token ended is made once the connection is resumed', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await segment.behaves({ unauthorized: true });
      await company.ask('POST', '/sync', { full: true });
      await until('it is paused', async () => (await company.status()).state === 'paused');
      await segment.behaves(calm);
      await segment.deletes('Users', 'ada');
      await company.resumes();
      await company.untilIdle();
      expect(await company.status()).toMatchObject({ condition: 'in-step', inventoryError: null });
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
    });

    it('R44: a rejected token pauses the connection, tells so, and loses nothing', async () => {
      const people = names(30);
      const company = await begins({
        users: people,
        groups: { Staff: people, Editors: people.slice(0, 3) },
        active: false,
        segment: { latencyMs: 20, groupNamesUnique: false, activeMember: 'ok' },
        connection: { behaviour: { rate: { concurrency: 2 } } },
      });
      await company.activates();
      await until('some are there', async () => (await segment.holds()).people.length >= 5);
      await segment.behaves({ unauthorized: true });
      await until('it is paused', async () => (await company.status()).state === 'paused');
      expect(await company.status()).toMatchObject({
        reason: { status: 401, message: textLike(/token/i) },
        idle: false,
      });
      expect(await eventsOf(company, '&outcome=stopped')).toMatchObject([
        { sentence: textLike(/^Paused.*token/i) },
      ]);
      const refused = await company.tries('POST', '/identity-management/resume');
      expect({ status: refused.status, detail: detailOf(refused) }).toMatchObject({
        status: 409,
        detail: textLike(/token/i),
      });
      const before = await segment.now();
      await company.suspends('u000');
      await company.hires('newcomer', ['Staff']);
      await company.renames('Editors', 'Authors');
      await pause(200);
      expect(await segment.asked(before)).toEqual([]);
      await segment.behaves(calm);
      await company.resumes();
      await company.untilIdle();
      const expected = ['newcomer', ...people.slice(1)];
      expect(await segment.holds()).toEqual({
        people: expected,
        groups: { Staff: expected, Authors: ['u001', 'u002'] },
      });
      const made = (await segment.asked()).filter(
        ({ route, status }) => route === 'POST /Users' && status < 400,
      );
      expect(new Set(creates(made)).size).toBe(made.length);
    });
  });

  test('R45: a backlog of creates never delays a leaver', async () => {
    const backlog = names(60);
    const company = await begins({
      users: ['ada', 'bob', ...backlog],
      groups: { Staff: ['ada', 'bob'] },
      segment: { latencyMs: 20 },
      connection: { behaviour: { rate: { concurrency: 1, requestsPerSecond: 20 } } },
    });
    const asked = await company.sends(async () => {
      await company.adds('Staff', ...backlog);
      await until('the creates are under way', async () => (await segment.holds()).people.length >= 6);
      await company.suspends('bob');
      await until('bob has left', async () => !(await segment.holds()).people.includes('bob'));
      await company.configures({ behaviour: { rate: { concurrency: 16, requestsPerSecond: 1000 } } });
    });
    const order = routes(asked, '/Users').filter((route) => route !== 'GET /Users');
    const left = order.indexOf('PUT /Users/{id}');
    expect(left).toBeGreaterThanOrEqual(4);
    expect(order.slice(left + 1).filter((route) => route === 'POST /Users').length).toBeGreaterThanOrEqual(
      30,
    );
    expect((await segment.holds()).people).toEqual(['ada', ...backlog]);
  });

  describe('R46: too many leavers are held', () => {
    const holdsOf = async (company: Company) => holdsSchema.parse(await company.ask('GET', '/holds')).items;
    const openHold = async (company: Company): Promise<string> => {
      const open = (await holdsOf(company)).filter(({ state }) => state === 'open');
      expect(open).toHaveLength(1);
      return open[0]?.id ?? '';
    };
    const ten = names(10);
    const staff = { users: ten, groups: { Staff: ten } };
    const deactivations = (asked: readonly Asked[]): number =>
      asked.filter(
        ({ route, requestBody }) => route === 'PUT /Users/{id}' && requestBody.includes('"active":false'),
      ).length;

    it('R46: by default more than 25 and more than 20 %; only they wait, and go once approved', async () => {
      const temps = names(26, 't');
      const company = await begins({
        users: [...names(74), ...temps],
        groups: { Staff: names(74), Temps: temps },
        segment: { userUpdates: 'apply' },
      });
      const asked = await company.sends(() => company.unbinds('Temps'));
      expect(writes(asked)).toEqual([]);
      expect(await company.status()).toMatchObject({ held: 26, idle: true, users: { active: 100 } });
      const hold = await openHold(company);
      expect(await company.ask('GET', `/holds/${hold}?limit=50`)).toMatchObject({
        held: 26,
        reason: textLike(/26 of 100 users \(26 %\)/),
        users: {
          total: 26,
          items: expect.arrayContaining([expect.objectContaining({ username: emailOf('t000') })]) as unknown,
        },
      });
      await company.sends(async () => {
        await company.hires('newcomer', ['Staff']);
        await company.changes('u000', { lastname: 'Changed' });
        await company.renames('Staff', 'Everybody');
      });
      expect(await segment.displayNameOf('u000')).toBe('U000 Changed');
      const now = await segment.holds();
      expect(now.people).toHaveLength(101);
      expect(now.groups['Everybody']).toContain('newcomer');
      await company.sends(() => company.ask('POST', `/holds/${hold}/approve`));
      expect((await segment.holds()).people).toEqual(['newcomer', ...names(74)]);
      expect(await company.status()).toMatchObject({ held: 0 });
    });

    it.each([
      { threshold: { number: 3, percent: 10 }, leaving: 3, held: 0, because: 'the number is not exceeded' },
      { threshold: { number: 1, percent: 30 }, leaving: 3, held: 0, because: 'the share is not exceeded' },
      { threshold: { number: 2, percent: 20 }, leaving: 3, held: 3, because: 'both are exceeded' },
      {
        threshold: { number: 0, percent: 0 },
        leaving: 1,
        held: 1,
        because: 'an administrator wants to see everybody',
      },
    ])('R46: $leaving of ten, threshold $threshold: $held are held, because $because', async (story) => {
      const company = await begins({ ...staff, connection: { threshold: story.threshold } });
      const asked = await company.sends(() => company.removes('Staff', ...ten.slice(0, story.leaving)));
      expect(deactivations(asked)).toBe(story.leaving - story.held);
      expect(await company.status()).toMatchObject({ held: story.held });
      endsWith(story.held > 0 ? { deactivateUser: story.held } : {});
    });

    it('R46: a slow leak is held too, and forgotten after an hour', async () => {
      const company = await begins({ ...staff, connection: { threshold: { number: 2, percent: 20 } } });
      const leaves = (name: string) => company.sends(() => company.suspends(name));
      expect(deactivations(await leaves('u000'))).toBe(1);
      expect(deactivations(await leaves('u001'))).toBe(1);
      // Nobody wants to wait: the log is told that this was long ago.
      const { db } = rollcall.database;
      await sql`UPDATE events SET at = at - interval '61 minutes'`.execute(db);
      expect(deactivations(await leaves('u002'))).toBe(1);
      expect(deactivations(await leaves('u003'))).toBe(1);
      expect(deactivations(await leaves('u004'))).toBe(0);
      expect(await company.status()).toMatchObject({ held: 1 });
      expect(deactivations(await leaves('u005'))).toBe(0);
      expect(await company.status()).toMatchObject({ held: 2 });
      await company.sends(async () => company.ask('POST', `/holds/${await openHold(company)}/approve`));
      expect((await segment.holds()).people).toEqual(ten.slice(6));
    });

    it('R46: rejected, they keep their accounts and nobody is asked again', async () => {
      const company = await begins({ ...staff, connection: { threshold: { number: 1, percent: 10 } } });
      await company.sends(() => company.suspends('u000', 'u001', 'u002'));
      const there = (await segment.holds()).people;
      const hold = await openHold(company);
      expect(await company.sends(() => company.ask('POST', `/holds/${hold}/reject`))).toEqual([]);
      expect(writes(await company.sends(() => company.ask('POST', '/sync', {})))).toEqual([]);
      expect((await segment.holds()).people).toEqual(there);
      expect(await holdsOf(company)).toMatchObject([
        { state: 'rejected', held: 0, decidedBy: textLike(/^api key/) },
      ]);
      expect((await company.tries('POST', `/holds/${hold}/approve`)).status).toBe(409);
    });

    it('R46: whoever was deleted keeps their groups until it is decided, and for good where it is rejected', async () => {
      const company = await begins({ ...staff, connection: { threshold: { number: 0, percent: 0 } } });
      await company.dismisses('u000');
      await company.untilIdle();
      expect(await company.plans()).toEqual({ deactivateUser: 1 });
      const readAll = () => company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect(writes(await readAll())).toEqual([]);
      await company.ask('POST', `/holds/${await openHold(company)}/reject`);
      expect(writes(await readAll())).toEqual([]);
      expect((await segment.holds()).groups).toEqual({ Staff: ten });
    });

    it('R5, R46: a deactivation ends a hold without a decision, which its reason says; they are held anew', async () => {
      const company = await begins({ ...staff, connection: { threshold: { number: 0, percent: 0 } } });
      await company.sends(() => company.suspends('u000', 'u001', 'u002'));
      await company.deactivates();
      const reason = textLike(/ The connection was deactivated, so it was closed, and nobody has decided\.$/);
      expect(await holdsOf(company)).toMatchObject([{ state: 'closed', reason, held: 0, decidedBy: null }]);
      await company.activates();
      await company.untilIdle();
      expect(await holdsOf(company)).toMatchObject([{ state: 'open', held: 3 }, { reason }]);
      await company.ask('POST', `/holds/${await openHold(company)}/approve`);
      await company.untilIdle();
    });

    it('R46: who is assigned again while held does not leave', async () => {
      const company = await begins({ ...staff, connection: { threshold: { number: 0, percent: 0 } } });
      await company.sends(() => company.removes('Staff', 'u000', 'u001'));
      expect(await company.status()).toMatchObject({ held: 2 });
      const asked = await company.sends(() => company.adds('Staff', 'u000', 'u001'));
      expect(routes(asked, '/Users')).toEqual([]);
      expect(await company.status()).toMatchObject({ held: 0 });
      expect(await segment.holds()).toEqual({ people: ten, groups: { Staff: ten } });
    });
  });

  describe('R47: what would be sent can be seen before', () => {
    /** Every row of every table, but for the time at which a key was last used. */
    const everythingStored = async (): Promise<readonly (readonly string[])[]> => {
      const { db } = rollcall.database;
      const { rows } = await sql<{ name: string }>`
        SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'api_keys' ORDER BY 1`.execute(
        db,
      );
      const dumps = rows.map(({ name }) =>
        sql<{
          row: string;
        }>`SELECT row_to_json(t)::text AS row FROM ${sql.table(name)} AS t ORDER BY 1`.execute(db),
      );
      return (await Promise.all(dumps)).map((dump, at) => [
        rows[at]?.name ?? '',
        ...dump.rows.map(({ row }) => row),
      ]);
    };

    it('R47: a plan reads and sends nothing, and what is sent is what it said', async () => {
      const company = await begins({
        users: ['ada', 'bob', 'cyd'],
        groups: { Staff: ['ada', 'bob', 'cyd'], Editors: ['ada'] },
        segment: { userUpdates: 'apply' },
      });
      await company.deactivates();
      await company.changes('ada', { lastname: 'Byron' });
      await company.suspends('bob');
      await company.hires('dan', ['Editors']);
      await company.renames('Staff', 'Everybody');
      const before = {
        asked: await segment.now(),
        stored: await everythingStored(),
        status: await company.status(),
      };
      const wanted = { updateUser: 1, deactivateUser: 1, createUser: 1, renameGroup: 1, changeMembers: 1 };
      expect(await company.plans()).toEqual(wanted);
      expect(await company.ask('GET', `/plan?user=${company.userId('bob')}`)).toMatchObject({
        summary: { deactivateUser: 1 },
        steps: [{ sentence: 'Deactivate Bob Test (bob@acme.test) (suspended)' }],
      });
      expect(await company.ask('GET', `/plan?group=${company.groupId('Staff')}`)).toMatchObject({
        summary: { renameGroup: 1 },
      });
      expect({
        asked: await segment.now(),
        stored: await everythingStored(),
        status: await company.status(),
      }).toEqual(before);
      const sent = writes(await company.sends(() => company.activates())).sort();
      expect(sent).toEqual([
        'PATCH /Groups/{id}',
        'PATCH /Groups/{id}',
        'POST /Users',
        'PUT /Users/{id}',
        'PUT /Users/{id}',
      ]);
    });

    it('R47: the plan that was seen is applied, and not another one', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada'] } });
      const { checksum } = z.looseObject({ checksum: z.string() }).parse(await company.ask('GET', '/plan'));
      await segment.behaves({ errorRate: 1 });
      await company.adds('Staff', 'bob');
      const refused = await company.tries('POST', '/apply', { checksum });
      expect({ status: refused.status, detail: detailOf(refused) }).toEqual({
        status: 409,
        detail: textLike(/plan has changed/),
      });
      await segment.behaves(calm);
      await company.untilIdle();
      expect((await company.tries('POST', '/apply', { checksum })).status).toBe(202);
    });
  });

  describe('R16: a full sync reads what the target holds', () => {
    const lastRead = async (company: Company): Promise<string> =>
      (await eventsOf(company, '&operation=inventory'))[0]?.sentence ?? '';

    it('R16: and tells of other members, which it leaves as they are where it is told so', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
        connection: { behaviour: { drift: 'report' } },
      });
      await segment.takesOut('Staff', 'bob');
      expect(writes(await company.sends(() => company.ask('POST', '/sync', { full: true })))).toEqual([]);
      expect(await lastRead(company)).toMatch(/; 1 group has other members, reported and left as they are$/);
      expect((await segment.holds()).groups).toEqual({ Staff: ['ada'], Editors: ['ada'] });
      await company.configures({ behaviour: { drift: 'correct' } });
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
    });

    it('R16: and shows on groups and users what differs and is left as it is, until it is gone or corrected', async () => {
      const company = await begins({
        users: ['ada', 'bob', 'cyd'],
        groups: { Staff: ['ada', 'bob', 'cyd'], Editors: ['ada'], Board: ['bob'] },
        connection: { behaviour: { drift: 'report' } },
      });
      const reads = () => company.sends(() => company.ask('POST', '/sync', { full: true }));
      const driftOf = async (...groups: readonly string[]): Promise<unknown[]> => {
        const links = await Promise.all(groups.map(company.linkedGroup));
        return links.map((link) => z.looseObject({ drift: z.unknown() }).parse(link).drift);
      };
      await segment.takesOut('Staff', 'bob');
      await segment.takesOut('Staff', 'cyd');
      await segment.renamesGroup('Editors', 'Crew');
      await segment.putsIn('Crew', 'bob');
      await segment.deletes('Groups', 'Board');
      await segment.deletes('Users', 'cyd');
      expect(writes(await reads())).toEqual([]);
      expect(await driftOf('Staff', 'Editors', 'Board')).toEqual([
        {
          missing: false,
          values: null,
          members: { missing: 2, extra: 0 },
          sentence:
            'When the application was last read, 2 members were missing from the group. That is left as it is.',
        },
        {
          missing: false,
          values: { displayName: 'Crew' },
          members: { missing: 0, extra: 1 },
          sentence:
            'When the application was last read, the group was called "Crew" and 1 other member was in the group. That is left as it is.',
        },
        {
          missing: true,
          values: null,
          members: null,
          sentence: 'When the application was last read, the group was missing. That is left as it is.',
        },
      ]);
      expect(await company.account('cyd')).toMatchObject({
        drift: {
          missing: true,
          sentence: 'When the application was last read, the account was missing. That is left as it is.',
        },
      });
      await company.sends(() => company.renames('Editors', 'Writers'));
      await segment.putsIn('Staff', 'bob');
      expect(await driftOf('Editors')).toMatchObject([{ values: null, members: { extra: 1 } }]);
      await segment.takesOut('Writers', 'bob');
      expect(writes(await reads())).toEqual([]);
      expect(await driftOf('Staff', 'Editors')).toMatchObject([{ members: { missing: 1 } }, null]);
      await company.configures({ behaviour: { drift: 'correct' } });
      await reads();
      expect(await driftOf('Staff', 'Editors', 'Board')).toEqual([null, null, null]);
      expect(await company.account('cyd')).toMatchObject({ drift: null });
      expect((await segment.holds()).groups).toEqual({
        Staff: ['ada', 'bob', 'cyd'],
        Writers: ['ada'],
        Board: ['bob'],
      });
    });

    it('R16: and believes what it has just done where a group was read before that, and answers after it', async () => {
      const people = ['ada', 'bob'];
      const company = await begins({ users: people, groups: { Staff: ['ada'], Others: people } });
      const asked = await company.sends(async () => {
        const before = await segment.now();
        await segment.behaves({ latencyMs: 700 });
        await company.ask('POST', '/sync', { full: true });
        await until('Staff is read', async () =>
          routes(await segment.asked(before)).includes('GET /Groups/{id}'),
        );
        await segment.behaves({ latencyMs: 0 });
        await company.adds('Staff', 'bob');
      });
      expect(writes(asked)).toEqual(['PATCH /Groups/{id}']);
      expect((await segment.holds()).groups).toEqual({ Staff: people, Others: people });
    });

    it('R16: and corrects nothing, no membership either, where it shows too little to be believed', async () => {
      const people = names(12, 'u');
      const company = await begins({
        users: people,
        groups: { Staff: people },
        connection: { threshold: { number: 5, percent: 20 } },
      });
      for (const name of people.slice(0, 8)) await segment.deletes('Users', name);
      await segment.deletes('Groups', 'Staff');
      expect(writes(await company.sends(() => company.ask('POST', '/sync', { full: true })))).toEqual([]);
      expect(await lastRead(company)).toMatch(/8 missing.*nothing is corrected\. If it is true, raise/);
      expect(await eventsOf(company, '&operation=inventory')).toMatchObject([{ outcome: 'stopped' }]);
      const message = textLike(
        /^The application does not show 8 of the 12 users.* Check the application, then/,
      );
      expect(await company.status()).toMatchObject({
        condition: 'failing',
        inventoryError: { code: 'not-believed', message, retrying: false },
      });
      expect(await company.call('GET', '/attention')).toMatchObject({
        items: [
          {
            kind: 'inventory',
            sentence: textLike(/^The last reading of what Segment holds could not be used\. The app/),
          },
        ],
      });
      await company.configures({ threshold: { number: 50, percent: 100 } });
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect(await company.status()).toMatchObject({ condition: 'in-step', inventoryError: null });
      expect((await segment.holds()).groups).toEqual({ Staff: [...people].sort() });
    });
  });

  describe('R48: every operation is logged', () => {
    it('R48: when, which record, what was asked and answered, how long it took, which change caused it', async () => {
      const company = await begins({
        users: ['ada'],
        groups: { Staff: ['ada'] },
        segment: { userUpdates: 'apply' },
      });
      await rollcall.api(
        'PATCH',
        `/users/${company.userId('ada')}`,
        { lastname: 'Byron' },
        {
          headers: { 'x-request-id': 'story-48' },
        },
      );
      await company.untilIdle();
      const [event] = await eventsOf(company, `&user=${company.userId('ada')}`);
      expect(event).toMatchObject({
        at: textLike(/^\d{4}-\d\d-\d\dT/),
        kind: 'user',
        subjectId: company.userId('ada'),
        subjectName: textLike(/^Ada Byron/),
        operation: 'updateUser',
        outcome: 'done',
        sentence: textLike(/display name from "Ada Test" to "Ada Byron"/),
        changes: [{ path: 'displayName', before: 'Ada Test', after: 'Ada Byron' }],
        durationMs: anyNumber,
        cause: { action: 'user.updated', actor: textLike(/^api key/), requestId: 'story-48' },
        exchanges: [
          {
            method: 'PUT',
            path: textLike(/^\/Users\/.+/),
            request: { displayName: 'Ada Byron' },
            status: 200,
            response: textLike(/"displayName":"Ada Byron"/),
            durationMs: anyNumber,
          },
        ],
      });
    });

    it('R48: all of them, whether they went well or not, and nothing beyond the mapping', async () => {
      const attributes = { salary: 'secret-98765', password: 'correct-horse' };
      const company = await begins({
        users: [{ name: 'ada', attributes }, 'bob', 'cyd'],
        groups: { Staff: ['ada', 'bob', 'cyd'], Editors: ['ada'] },
        segment: { refuseUsers: [emailOf('bob')], refuseMembers: [emailOf('cyd')] },
      });
      await segment.behaves({ errorRate: 1 });
      await company.changes('ada', { lastname: 'Byron', attributes: { salary: 'secret-99999' } });
      await until('it failed', async () => (await eventsOf(company, '&outcome=later')).length > 0);
      await segment.behaves(calm);
      await company.suspends('ada');
      await company.dissolves('Editors');
      await company.untilIdle();
      const events = await eventsOf(company);
      const logged = events.flatMap(({ exchanges }) =>
        exchanges.map(({ method, path }) => `${method} ${path}`),
      );
      const sent = (await segment.asked()).map(
        ({ method, path }) => `${method} ${path.replace('/scim/v2', '')}`,
      );
      const written = (all: readonly string[]): string[] =>
        all.filter((one) => !one.startsWith('GET ')).sort();
      expect(written(logged)).toEqual(written(sent));
      const csv = z.string().parse((await rollcall.api('GET', '/events?format=csv')).body);
      expect(csv).toContain('ada@acme.test');
      for (const text of [csv, JSON.stringify(events)])
        expect(text).not.toMatch(/secret-\d|salary|correct-horse|password|authorization|Bearer/i);
      endsWith({ refuseUser: 1 });
    });
  });

  describe('R49: bad input', () => {
    const countOf = async (noun: string): Promise<number> =>
      totalSchema.parse((await rollcall.api('GET', noun)).body).total;
    const csv = { headers: { 'content-type': 'text/csv' } };

    it('R49: gets an error that names the field, and nothing is half-written', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada'] } });
      const staff = `/groups/${company.groupId('Staff')}`;
      const nobody = '01890a5d-ac96-774b-bcce-b302099a8057';
      const row = (name: string) => `${name},${emailOf(name)}`;
      const inputs = [
        { to: ['POST', '/users', undefined, { raw: '{"username":' }], path: undefined },
        { to: ['POST', '/users', { username: 'eva', email: 'no address' }], path: 'email' },
        { to: ['POST', '/users', { username: 'eva', colour: 'red' }], path: 'colour' },
        { to: ['POST', '/users', { username: 'eva', state: 'asleep' }], path: 'state' },
        { to: ['PATCH', `/users/${company.userId('ada')}`, { lastname: 'Byron', email: 7 }], path: 'email' },
        { to: ['POST', '/groups', { description: 'No name' }], path: 'name' },
        { to: ['POST', `${staff}/members`, { add: [company.userId('bob'), nobody] }], path: 'add[1]' },
        {
          to: ['POST', '/users/bulk', { users: [person('eva'), { email: emailOf('fay') }] }],
          path: 'users[1].username',
        },
        {
          to: [
            'POST',
            '/users/bulk',
            undefined,
            { ...csv, raw: `username,email\n${row('eva')}\nfay,no address\n` },
          ],
          path: 'users[1].email',
        },
        {
          to: ['POST', '/users/bulk', undefined, { ...csv, raw: 'username,email\n"eva,eva@acme.test\n' }],
          path: undefined,
        },
        {
          to: [
            'PATCH',
            `/applications/${company.applicationId}/identity-management`,
            { groupManagement: false, threshold: { number: -1, percent: 20 } },
          ],
          path: 'threshold.number',
        },
      ] as const;
      const asked = await company.sends(async () => {
        for (const { to, path } of inputs) {
          const refused = await rollcall.api(...(to as unknown as Parameters<typeof rollcall.api>));
          expect(refused, JSON.stringify(to)).toMatchObject({ status: 400, body: { detail: anyText } });
          if (path !== undefined)
            expect(refused.body, JSON.stringify(to)).toMatchObject({ errors: [{ path }] });
        }
      });
      expect(asked).toEqual([]);
      expect([await countOf('/users'), await countOf('/groups'), await countOf(`${staff}/members`)]).toEqual([
        2, 1, 1,
      ]);
      expect(await company.call('GET', `/users/${company.userId('ada')}`)).toMatchObject({
        lastname: 'Test',
      });
      expect(await company.ask('GET', '/identity-management')).toMatchObject({ groupManagement: true });
    });

    it('R49: somebody without an email address is refused before anything is sent, by name and field', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const asked = await company.sends(() =>
        company.hires('bob', ['Staff'], { username: 'bob', email: null }),
      );
      expect(routes(asked, '/Users')).toEqual([]);
      expect(await company.account('bob')).toMatchObject({
        state: 'absent',
        error: { field: 'userName', retrying: false, message: textLike(/bob.*email/i) },
      });
      await company.sends(() => company.changes('bob', { email: emailOf('bob') }));
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    });

    /** A service provider that can be read, and answers creates so. */
    const answers =
      (status: number, type: string, body: string): RequestListener =>
      ({ method, url = '' }, response) => {
        const reads = method === 'GET';
        const list = {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
          totalResults: 0,
          Resources: [],
        };
        response.statusCode = url.includes('Config') ? 404 : reads ? 200 : status;
        response.setHeader('content-type', reads ? 'application/scim+json' : type);
        response.end(reads ? JSON.stringify(list) : body);
      };

    it.each([
      ['a web page', answers(200, 'text/html', '<!doctype html><p>Hello')],
      ['half a JSON', answers(201, 'application/scim+json', '{"id": "7", "use')],
      ['a user without an id', answers(201, 'application/scim+json', '{"userName":"ada@acme.test"}')],
      ['nonsense', answers(201, 'application/scim+json', '[true]')],
    ])(
      'R49: a target that answers a create with %s gets no link, and the record says what is wrong',
      async (_, answer) => {
        const company = await begins({
          users: ['ada'],
          groups: { Staff: ['ada'] },
          active: false,
          connection: { baseUrl: await startTarget(answer) },
        });
        await company.activates();
        await company.untilIdle();
        expect(await company.status()).toMatchObject({
          state: 'active',
          users: { linked: 0 },
          groups: { linked: 0 },
        });
        const wrong = {
          retrying: false,
          message: textLike(/not with the record, and shows none of that name.*base URL/),
        };
        expect(await company.account('ada')).toMatchObject({ state: 'absent', remoteId: null, error: wrong });
        expect(await company.linkedGroup('Staff')).toMatchObject({
          state: 'absent',
          remoteId: null,
          error: wrong,
        });
        endsWith({ refuseUser: 1, refuseGroup: 1 });
      },
    );
  });
});
