/** Targets whose answers contradict each other, or say less than they should. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseKinds } from '../support/database.ts';
import { textLike } from '../support/matchers.ts';
import { until } from '../support/scene.ts';
import { emailOf } from '../support/segment.ts';
import { stage } from '../support/stage.ts';
import { startBetween, type Answered, type Requested } from '../support/target.ts';

type Answers = (asked: Requested, pass: () => Promise<Answered>) => Answered | Promise<Answered>;

const idSchema = z.looseObject({ remoteId: z.string() });
const listSchema = z.looseObject({ Resources: z.array(z.record(z.string(), z.unknown())) });
const shownSchema = z.record(z.string(), z.unknown());

const shows = (resource: unknown): Answered => ({ status: 200, body: JSON.stringify(resource) });

const asksFor = (name: string, { method, path }: Requested): boolean =>
  method === 'GET' && path.startsWith('/Users?filter=') && path.includes(encodeURIComponent(emailOf(name)));

describe.each(databaseKinds)('odd answers, on the %s database', async (kind) => {
  const { company, rollcall, segment, endsWith } = await stage(kind);

  /** What the target answers, from when a story says so. */
  let answers: Answers = (_, pass) => pass();
  const baseUrl = await startBetween(segment.baseUrl, (asked, pass) => answers(asked, pass));

  const begins = () => {
    answers = (_, pass) => pass();
    return company({
      connector: 'scim2',
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
      connection: { baseUrl },
    });
  };

  /** The lists of accounts by their name, as a target shows them. */
  const listsInstead =
    (
      name: string,
      instead: (found: z.infer<typeof listSchema>['Resources']) => readonly unknown[],
    ): Answers =>
    async (asked, pass) => {
      const answered = await pass();
      if (!asksFor(name, asked)) return answered;
      return shows({ Resources: instead(listSchema.parse(JSON.parse(answered.body)).Resources) });
    };

  test('R12: whoever leaves is not taken for gone where the target shows their account by its name alone', async () => {
    const company = await begins();
    const { remoteId } = idSchema.parse(await company.account('bob'));
    answers = ({ path }, pass) => (path === `/Users/${remoteId}` ? { status: 404, body: '{}' } : pass());
    await company.suspends('bob');
    const error = { code: 'not-changeable', retrying: false, status: 404 };
    await expect.poll(() => company.account('bob')).toMatchObject({ state: 'active', remoteId, error });
    endsWith({ refuseUser: 1 });
  });

  test('R12, R44: whoever leaves goes once there is a token again, where it was rejected after their names were', async () => {
    const company = await begins();
    await company.configures({ behaviour: { users: { update: 'put' } } });
    answers = ({ method }, pass) => {
      if (method === 'PUT') return { status: 409, body: '{"scimType":"uniqueness"}' };
      return method === 'PATCH' ? { status: 401, body: '' } : pass();
    };
    await company.suspends('bob');
    await expect.poll(async () => (await company.status()).state).toBe('paused');
    answers = (_, pass) => pass();
    await company.resumes();
    await company.untilIdle();
    expect((await segment.holds()).people).toEqual(['ada']);
  });

  test('R13: whoever comes back is back, also where their new name is refused without a reason', async () => {
    const company = await begins();
    await company.sends(() => company.suspends('bob'));
    answers = ({ method, body }, pass) =>
      method !== 'GET' && body.includes(emailOf('rob')) ? { status: 400, body: '{"detail":"No."}' } : pass();
    await company.sends(() =>
      company.changes('bob', { username: emailOf('rob'), email: emailOf('rob'), state: 'active' }),
    );
    expect(await segment.holds()).toEqual({
      people: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
    });
    const error = { code: 'refused', retrying: false, said: 'No.' };
    expect(await company.account('bob')).toMatchObject({ state: 'active', error });
    endsWith({ refuseUser: 1 });
  });

  test('R42: whoever leaves after a create that was not answered is found where the filter misses them', async () => {
    const company = await begins();
    let isLost = false;
    answers = async (asked, pass) => {
      if (asksFor('cyd', asked)) return shows({ totalResults: 0, Resources: [] });
      const answered = await pass();
      if (isLost || asked.method !== 'POST' || asked.path !== '/Users') return answered;
      isLost = true;
      await company.suspends('cyd');
      throw new Error('The answer is lost.');
    };
    await company.hires('cyd');
    await company.adds('Staff', 'cyd');
    await company.untilIdle();
    expect(isLost).toBe(true);
    expect((await segment.holds()).people).toEqual(['ada', 'bob']);
  });

  describe('R42: a create that was accepted, and whose answer shows nothing', () => {
    const NONE = shows({ totalResults: 0, Resources: [] });
    /** What is answered to the first questions afterwards. */
    const asksInVain: readonly (readonly [string, readonly Answered[]])[] = [
      ['the look-up is not answered', [{ status: 503, body: '' }]],
      ['it is shown nowhere yet', [NONE, NONE, NONE]],
      ['the token is rejected', Array<Answered>(20).fill({ status: 401, body: '' })],
    ];

    async function beginsToCreate() {
      const company = await begins();
      await company.configures({ behaviour: { users: { match: 'create' } } });
      return company;
    }

    /** Answers the next creation so, once `meanwhile` is done, and the questions after it as given, while there are answers. */
    function showsNothing(noun: string, first: readonly Answered[], meanwhile: () => Promise<unknown>): void {
      const left = [...first];
      let isAccepted = false;
      answers = async (asked, pass) => {
        const next = isAccepted && asked.method === 'GET' ? left.shift() : undefined;
        if (next !== undefined) return next;
        const answered = await pass();
        if (isAccepted || asked.method !== 'POST' || asked.path !== noun) return answered;
        isAccepted = true;
        await meanwhile();
        return { status: 201, body: '{}' };
      };
    }

    /** Resumes the connection where it was paused meanwhile. */
    async function ends(company: Awaited<ReturnType<typeof begins>>): Promise<void> {
      await expect
        .poll(async () => {
          const { state, idle } = await company.status();
          return idle || state === 'paused';
        })
        .toBe(true);
      if ((await company.status()).state !== 'paused') return;
      answers = (_, pass) => pass();
      await company.resumes();
      await company.untilIdle();
    }

    test.each(asksInVain)('is not forgotten of whoever leaves meanwhile where %s', async (_, first) => {
      const company = await beginsToCreate();
      await company.hires('cyd');
      showsNothing('/Users', first, () => company.suspends('cyd'));
      await company.adds('Staff', 'cyd');
      await ends(company);
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
    });

    test.each(asksInVain)('is not sent again before it is looked for where %s', async (_, first) => {
      const company = await beginsToCreate();
      await company.hires('cyd');
      showsNothing('/Users', first, () => Promise.resolve());
      const before = await segment.now();
      await company.adds('Staff', 'cyd');
      await ends(company);
      const asked = await segment.asked(before);
      expect(asked.filter(({ route }) => route === 'POST /Users')).toHaveLength(1);
      expect(await company.account('cyd')).toMatchObject({ state: 'active', error: null });
      expect((await segment.holds()).groups).toMatchObject({ Staff: ['ada', 'bob', 'cyd'] });
    });

    test.each(asksInVain)(
      'is not forgotten of a group that is deleted meanwhile where %s',
      async (_, first) => {
        const company = await beginsToCreate();
        await company.founds('Readers', ['ada']);
        showsNothing('/Groups', first, () => company.dissolves('Readers'));
        await company.binds('Readers');
        await ends(company);
        expect((await segment.holds()).groups).not.toHaveProperty('Readers');
      },
    );

    test.each([true, false])(
      'is not forgotten of whoever leaves while the process is stopped (filter: %s)',
      async (filter) => {
        const company = await beginsToCreate();
        await company.configures({ behaviour: { users: { match: 'create' }, filter } });
        await company.hires('cyd');
        let restarted: Promise<void> | undefined;
        showsNothing('/Users', [], async () => {
          await company.suspends('cyd');
          restarted = rollcall.restart();
          await new Promise((resolve) => setTimeout(resolve, 300));
        });
        await company.adds('Staff', 'cyd');
        await until('it is stopped', () => restarted !== undefined);
        await restarted;
        await company.untilIdle();
        expect((await segment.holds()).people).toEqual(['ada', 'bob']);
      },
    );
  });

  test('R10: of two accounts of one name, the one that is active is joined', async () => {
    const company = await begins();
    await segment.hasMember('cyd');
    answers = listsInstead('cyd', (found) => [
      ...found.map((one) => ({ ...one, id: 'old', active: false })),
      ...found,
    ]);
    await company.hires('cyd', ['Staff']);
    await company.untilIdle();
    expect(await company.account('cyd')).toMatchObject({ state: 'active', error: null });
    expect((await segment.holds()).groups).toMatchObject({ Staff: ['ada', 'bob', 'cyd'] });
  });

  test('R10: two active accounts of one name are refused, naming both, and none is made or joined', async () => {
    const company = await begins();
    await segment.hasMember('cyd');
    answers = listsInstead('cyd', (found) => [...found, ...found.map((one) => ({ ...one, id: 'other' }))]);
    const asked = await company.sends(() => company.hires('cyd', ['Staff']));
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(await company.account('cyd')).toMatchObject({
      remoteId: null,
      error: {
        code: 'account-ambiguous',
        message: textLike(/2 accounts named "cyd@acme\.test": .+ and other/),
      },
    });
    endsWith({ refuseUser: 1 });
  });

  test.each(['null', ''])(
    'R16: an account that is shown as %j is gone, and stops nobody else',
    async (body) => {
      const company = await begins();
      const { remoteId } = idSchema.parse(await company.account('bob'));
      await segment.deletes('Users', 'bob');
      answers = ({ method, path }, pass) =>
        method === 'GET' && path === `/Users/${remoteId}` ? { status: 200, body } : pass();
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect(await company.status()).toMatchObject({ state: 'active' });
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
    },
  );

  test('R23: a group whose name the target does not show has the one that it was given', async () => {
    const company = await begins();
    answers = async ({ method, path }, pass) => {
      const answered = await pass();
      if (!path.startsWith('/Groups') || (method !== 'POST' && method !== 'PATCH')) return answered;
      const { id } =
        answered.body === '' ? { id: path.split('/')[2] } : shownSchema.parse(JSON.parse(answered.body));
      return { status: 200, body: JSON.stringify({ id }) };
    };
    const asked = await company.sends(async () => {
      await company.founds('Readers', ['ada']);
      await company.binds('Readers');
    });
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'PATCH']);
    await company.renames('Editors', 'Authors');
    await company.untilIdle();
    expect(await company.linkedGroup('Editors')).toMatchObject({ remoteName: 'Authors', notAccepted: [] });
  });

  test('R16: members who are shown by their address alone are in the group', async () => {
    const company = await begins();
    answers = async (_, pass) => {
      const answered = await pass();
      const shown = answered.body === '' ? {} : shownSchema.parse(JSON.parse(answered.body));
      const members = z.array(z.object({ value: z.string() })).safeParse(shown['members']);
      if (!members.success) return answered;
      const byAddress = members.data.map(({ value }) => ({
        $ref: `https://app.example/scim/v2/Users/${value}`,
      }));
      return { ...answered, body: JSON.stringify({ ...shown, members: byAddress }) };
    };
    const asked = await company.sends(() => company.ask('POST', '/sync', { full: true }));
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  /** A target that takes nobody out of a group, answers success, and shows who is in it. */
  const removesNobody: Answers = ({ path, body }, pass) => {
    const removed = /members\[value eq \\"(.+?)\\"/.exec(body)?.[1];
    return removed === undefined ? pass() : shows({ id: path.split('/')[2], members: [{ value: removed }] });
  };

  test('R22: whoever is shown in a group after they were taken out is still in it', async () => {
    const company = await begins();
    answers = removesNobody;
    await company.removes('Editors', 'bob');
    await company.untilIdle();
    expect(await company.linkedGroup('Editors')).toMatchObject({
      members: { accepted: 1 },
      error: { code: 'removal-refused', message: textLike(/remove Bob .* still in the group/) },
    });
    answers = (_, pass) => pass();
    await company.ask('POST', `/linked-groups/${company.groupId('Editors')}/retry`);
    await company.untilIdle();
    expect((await segment.holds()).groups).toMatchObject({ Editors: [] });
    expect(await company.linkedGroup('Editors')).toMatchObject({ error: null });
  });

  describe('R26: that somebody is in a group still who was to go', () => {
    const stays = { code: 'removal-refused', message: textLike(/remove Bob .* still in the group/) };

    async function keepsBob() {
      const company = await begins();
      answers = removesNobody;
      await company.removes('Editors', 'bob');
      await company.untilIdle();
      return company;
    }

    test('is told whatever else changes in the group', async () => {
      const company = await keepsBob();
      await company.adds('Editors', 'ada');
      await company.untilIdle();
      expect(await company.linkedGroup('Editors')).toMatchObject({ members: { accepted: 2 }, error: stays });
      await company.renames('Editors', 'Writers');
      await company.untilIdle();
      expect(await company.linkedGroup('Editors')).toMatchObject({ error: stays });
      endsWith({ refuseGroup: 1 });
    });

    test('is told no more once they belong to it again', async () => {
      const company = await keepsBob();
      await company.adds('Editors', 'bob');
      await company.untilIdle();
      expect(await company.linkedGroup('Editors')).toMatchObject({ members: { accepted: 1 }, error: null });
    });

    test('is told no more once they are out', async () => {
      const company = await keepsBob();
      answers = (_, pass) => pass();
      await company.renames('Editors', 'Writers');
      await company.untilIdle();
      expect((await segment.holds()).groups).toMatchObject({ Writers: [] });
      expect(await company.linkedGroup('Editors')).toMatchObject({ error: null });
    });
  });

  test('R21: strangers who are shown in a group after they were taken out are told of', async () => {
    const company = await begins();
    await segment.hasMember('eve');
    await segment.hasGroup('Readers', ['eve']);
    answers = removesNobody;
    await company.founds('Readers', ['ada']);
    await company.binds('Readers');
    await company.untilIdle();
    expect(await company.call('GET', '/events?operation=createGroup&limit=1')).toMatchObject({
      items: [{ outcome: 'refused', sentence: textLike(/in it still: .* still in the group/) }],
    });
    answers = (_, pass) => pass();
    await company.ask('POST', '/sync', { full: true });
    await company.untilIdle();
    expect((await segment.holds()).groups).toMatchObject({ Readers: ['ada'] });
  });

  test('R22: whoever is shown in a group by an answer from before their removal is out of it', async () => {
    const company = await begins();
    const { remoteId } = idSchema.parse(await company.account('bob'));
    answers = async ({ method, path }, pass) => {
      const answered = await pass();
      const isChange = method === 'PATCH' && path.startsWith('/Groups/');
      return isChange ? shows({ id: path.split('/')[2], members: [{ value: remoteId }] }) : answered;
    };
    await company.removes('Editors', 'bob');
    await company.untilIdle();
    expect(await company.linkedGroup('Editors')).toMatchObject({ members: { accepted: 0 }, error: null });
    expect((await segment.holds()).groups).toMatchObject({ Editors: [] });
  });

  test.each([
    ['one group', false, ['Readers']],
    ['several groups', true, ['Readers', 'Writers', 'Singers', 'Dancers']],
  ])(
    'R24: a group that is unbound while the list is read is left as it is (%s, filter: %s)',
    async (_, filter, names) => {
      const company = await begins();
      await company.configures({ behaviour: { filter } });
      await company.untilIdle();
      await segment.hasMember('eve');
      await segment.hasGroup('Readers', ['eve']);
      for (const name of names) await company.founds(name, ['ada']);
      let isUnbound = false;
      answers = async ({ method, path }, pass) => {
        if (!isUnbound && method === 'GET' && /^\/Groups\?(?!filter)/.test(path)) {
          isUnbound = true;
          await company.unbinds('Readers');
        }
        return pass();
      };
      await company.binds(...names);
      await company.untilIdle();
      expect(isUnbound).toBe(true);
      expect((await segment.holds()).groups).toMatchObject({ Readers: ['eve'] });
    },
  );

  test('R21: a stranger who stays in a group keeps no other one in it', async () => {
    const company = await begins();
    await company.configures({ behaviour: { groups: { membersPerRequest: 1 } } });
    for (const name of ['eve', 'fay', 'gil']) await segment.hasMember(name);
    await segment.hasGroup('Readers', ['eve', 'fay', 'gil']);
    let isKept = false;
    answers = (asked, pass) => {
      const keeps = !isKept && asked.body.includes('"op":"remove"');
      isKept ||= keeps;
      return keeps ? removesNobody(asked, pass) : pass();
    };
    await company.founds('Readers', ['ada']);
    await company.binds('Readers');
    await company.untilIdle();
    expect(isKept).toBe(true);
    expect((await segment.holds()).groups['Readers']).toHaveLength(2);
    await company.ask('POST', '/sync', { full: true });
    await company.untilIdle();
    expect((await segment.holds()).groups).toMatchObject({ Readers: ['ada'] });
  });
});
