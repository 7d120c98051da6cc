import { describe, expect, it, test } from 'vitest';
import { emailOf } from '../../support/segment.ts';
import { databaseKinds } from '../../support/database.ts';
import { textLike } from '../../support/matchers.ts';
import { until } from '../../support/scene.ts';
import { bodyOf, routes, writes, type Company } from '../../support/company.ts';
import { stage } from '../../support/stage.ts';
import { startBetween } from '../../support/target.ts';

/** Every way in which somebody stops being assigned, and back. */
const LEAVING: readonly {
  readonly why: string;
  readonly leaves: (company: Company) => Promise<void>;
  readonly returns: (company: Company) => Promise<void>;
}[] = [
  {
    why: 'left the last bound group',
    leaves: (company) => company.removes('Staff', 'bob'),
    returns: (company) => company.adds('Staff', 'bob'),
  },
  {
    why: 'was suspended',
    leaves: (company) => company.suspends('bob'),
    returns: (company) => company.reinstates('bob'),
  },
  {
    why: 'became staged again',
    leaves: (company) => company.changes('bob', { state: 'staged' }),
    returns: (company) => company.reinstates('bob'),
  },
];

describe.each(databaseKinds)('users, on the %s database', async (kind) => {
  const { company: begins, segment, endsWith } = await stage(kind);

  describe('R10: who becomes assigned', () => {
    it('R10: is created in the target, and nobody else is', async () => {
      await begins({
        users: ['ada', 'bob', { name: 'cyd', state: 'staged' }, { name: 'dan', state: 'suspended' }, 'eva'],
        groups: { Staff: ['ada', 'cyd', 'dan'] },
        unbound: { Others: ['bob'] },
      });
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
      expect(await segment.displayNameOf('ada')).toBe('Ada Test');
    });

    it('R10: takes in an account that exists elsewhere, under the name that it has', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: [] } });
      await segment.hasAccount('ada', 'Countess of Lovelace');
      const asked = await company.sends(() => company.adds('Staff', 'ada'));
      expect(routes(asked, '/Users')).toEqual(['POST /Users']);
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
      expect(await segment.displayNameOf('ada')).toBe('Countess of Lovelace');
    });

    it.each([
      ['as the target compares names', {}],
      ['where the target ignores filters', { filter: 'ignored' }],
      ['where filters find nothing', { filter: 'empty' }],
      ['where a create of a known member succeeds', { activeMember: 'ok' }],
      ['where lists are short and count nothing', { filter: 'empty', pageSize: 2, totalResults: 'absent' }],
    ])(
      'R10: is linked to the account of that name without case, never created twice, %s',
      async (_, toggles) => {
        const company = await begins({ users: ['ada'], groups: { Staff: [] }, segment: toggles });
        for (const name of ['xia', 'yan', 'zoe']) await segment.hasMember(name);
        await segment.hasMember('ada', 'Ada@Acme.TEST');
        await company.sends(() => company.adds('Staff', 'ada'));
        expect(await company.account('ada')).toMatchObject({ state: 'active', error: null, attention: null });
        const { people, groups } = await segment.holds();
        expect(people.map((name) => emailOf(name).toLowerCase()).sort()).toEqual(
          ['ada', 'xia', 'yan', 'zoe'].map(emailOf),
        );
        expect(groups['Staff']).toEqual(['Ada@Acme.TEST']);
      },
    );

    it('R10: is asked for before the create by a connector that looks first', async () => {
      const company = await begins({ users: ['ada', 'bob'], connector: 'scim2', groups: { Staff: [] } });
      await segment.hasMember('ada');
      const asked = await company.sends(() => company.adds('Staff', 'ada', 'bob'));
      const created = asked.filter(({ route }) => route === 'POST /Users');
      expect(created.map((one) => bodyOf(one)['userName'])).toEqual([emailOf('bob')]);
    });
  });

  test('R11: a change to a mapped attribute is sent, a change to any other sends nothing', async () => {
    const company = await begins({
      users: ['ada'],
      groups: { Staff: ['ada'] },
      segment: { userUpdates: 'apply' },
    });
    const unmapped = { displayname: 'The Countess', attributes: { phone: '12', desk: 4 } };
    expect(await company.sends(() => company.changes('ada', unmapped))).toEqual([]);
    const asked = await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
    expect(routes(asked)).toEqual(['PUT /Users/{id}']);
    expect(await segment.displayNameOf('ada')).toBe('Ada Byron');
    expect(await company.sends(() => company.changes('ada', { lastname: 'Byron' }))).toEqual([]);
  });

  it.each(['put', 'patch'])(
    'R11, R44: a change of a userName that is taken there holds up nothing else that changes (%s)',
    async (update) => {
      const company = await begins({
        users: ['ada'],
        groups: { Staff: ['ada'] },
        connection: { behaviour: { users: { update } } },
        segment: { userUpdates: 'apply' },
      });
      await segment.hasMember('king');
      const king = { username: emailOf('king'), email: emailOf('king'), lastname: 'King' };
      await company.sends(() => company.changes('ada', king));
      expect(await segment.displayNameOf('ada')).toBe('Ada King');
      const message = textLike(/another record with this name.* else changed was sent/);
      const refused = { code: 'taken', status: 409, retrying: false, message };
      expect(await company.account('ada')).toMatchObject({ state: 'active', error: refused });
      await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      expect(await segment.displayNameOf('ada')).toBe('Ada Byron');
      expect(await company.account('ada')).toMatchObject({
        error: refused,
        notAccepted: [],
        attention: null,
      });
      expect(await company.plans()).toEqual({ refuseUser: 1 });
      await segment.accountChanges('king', { email: emailOf('other') });
      await company.sends(() => company.ask('POST', `/users/${company.userId('ada')}/retry`));
      expect((await segment.holds()).people).toEqual(['king', 'other']);
      expect(await company.account('ada')).toMatchObject({ error: null });
    },
  );

  describe('R12: who stops being assigned', () => {
    const leaving = [
      ...LEAVING,
      { why: 'was deleted from the directory', leaves: (company: Company) => company.dismisses('bob') },
      { why: 'has a group that was unbound', leaves: (company: Company) => company.unbinds('Staff') },
      { why: 'has a group that was deleted', leaves: (company: Company) => company.dissolves('Staff') },
    ];

    it.each(leaving)('R12: is deactivated, and never deleted, when somebody $why', async ({ leaves }) => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
      });
      const asked = await company.sends(() => leaves(company));
      expect((await segment.holds()).people).toEqual(['ada']);
      const [left, ...others] = asked.filter(({ route }) => route.endsWith(' /Users/{id}'));
      expect(left).toMatchObject({ route: 'PUT /Users/{id}', status: 200 });
      expect(bodyOf(left)).toMatchObject({ active: false, userName: emailOf('bob') });
      expect(others).toEqual([]);
      expect(await company.account('bob')).toMatchObject({ state: 'inactive' });
    });

    it('R12: is not deactivated while another bound group assigns them', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada', 'bob'], Authors: ['bob'] },
      });
      const asked = await company.sends(async () => {
        await company.removes('Staff', 'bob');
        await company.unbinds('Editors');
      });
      expect(routes(asked, '/Users')).toEqual([]);
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
      expect(await company.account('bob')).toMatchObject({ state: 'active' });
    });

    it('R12: is deactivated although it happened while the connection was inactive', async () => {
      const company = await begins({
        users: ['ada', 'bob', 'cyd'],
        groups: { Staff: ['ada', 'bob', 'cyd'] },
      });
      await company.deactivates();
      await company.dismisses('bob');
      await company.suspends('cyd');
      await company.sends(() => company.activates());
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    });

    it.each([
      ['delete', 'scim2', ['DELETE /Users/{id}'], ['ada']],
      ['leave', 'segment', [], ['ada', 'bob']],
    ])(
      'R12: is treated as the connection chooses: %s (%s)',
      async (deprovision, connector, expected, people) => {
        const company = await begins({
          users: ['ada', 'bob'],
          groups: { Staff: ['ada'], Editors: ['bob'] },
          connector,
          connection: { behaviour: { users: { deprovision } } },
        });
        const asked = await company.sends(() => company.suspends('bob'));
        expect(routes(asked, '/Users')).toEqual(expected);
        expect((await segment.holds()).people).toEqual(people);
      },
    );
  });

  it('R12: whoever is left as they are keeps their groups also when they are deleted', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { behaviour: { users: { deprovision: 'leave' } } },
    });
    expect(writes(await company.sends(() => company.dismisses('bob')))).toEqual([]);
    expect(await company.plans()).toEqual({});
    expect((await segment.holds()).groups).toEqual({ Staff: ['ada', 'bob'] });
  });

  it('R12: whoever leaves is not taken for gone where the target refuses their names, and knows no PATCH', async () => {
    const answers: Readonly<Record<string, number>> = { PUT: 409, PATCH: 404 };
    const baseUrl = await startBetween(segment.baseUrl, ({ method, path }, pass) => {
      const status = path.startsWith('/Users/') ? answers[method] : undefined;
      return status === undefined ? pass() : { status, body: '{"detail":"not so"}' };
    });
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { baseUrl },
    });
    await company.suspends('bob');
    const refused = { state: 'active', error: { retrying: false, status: 409 } };
    await expect.poll(() => company.account('bob')).toMatchObject(refused);
    endsWith({ refuseUser: 1 });
  });

  it('R12: whoever was left as they were is deactivated once the connection deactivates whoever leaves', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      connection: { behaviour: { users: { deprovision: 'leave' } } },
    });
    await company.sends(() => company.suspends('bob'));
    const change = { behaviour: { users: { deprovision: 'deactivate' } } };
    await company.sends(() => company.ask('PATCH', '/identity-management', change));
    expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
    expect(await company.plans()).toEqual({});
  });

  it('R12: a connection to Segment cannot be told to delete whoever leaves', async () => {
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada'], Editors: ['bob'] } });
    const change = { behaviour: { users: { deprovision: 'delete' } } };
    expect(await company.tries('PATCH', '/identity-management', change)).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: 'behaviour.users.deprovision',
            message: 'must be one of deactivate, leave: Segment takes nothing else.',
          },
        ],
      },
    });
    const asked = await company.sends(() => company.suspends('bob'));
    expect(routes(asked, '/Users')).not.toContain('DELETE /Users/{id}');
  });

  describe('R13: who becomes assigned again', () => {
    const toggles = [{}, { memberless: 'gone', rejoinedId: 'new' }];
    it.each(LEAVING.flatMap((way) => toggles.map((segment) => ({ ...way, segment }))))(
      'R13: is active again with every group, after somebody $why (Segment: $segment)',
      async ({ leaves, returns, segment: behaviour }) => {
        const company = await begins({
          users: ['ada', 'bob'],
          groups: { Staff: ['ada', 'bob'] },
          unbound: { Editors: ['bob'], Authors: ['ada', 'bob'] },
          segment: behaviour,
        });
        await company.sends(() => leaves(company));
        await company.sends(() => company.binds('Authors'));
        await company.sends(() => returns(company));
        expect(await segment.holds()).toEqual({
          people: ['ada', 'bob'],
          groups: { Staff: ['ada', 'bob'], Authors: ['ada', 'bob'] },
        });
        expect(await company.account('bob')).toMatchObject({ state: 'active', error: null });
      },
    );

    it('R13: is hired again under the old name, and gets the old account with the new groups', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
      });
      await company.sends(() => company.dismisses('bob'));
      await company.sends(() => company.hires('bob', ['Editors']));
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob'],
        groups: { Staff: ['ada'], Editors: ['ada', 'bob'] },
      });
    });

    it('R13: gets the change that was made meanwhile', async () => {
      const company = await begins({
        users: ['bob'],
        groups: { Staff: ['bob'] },
        segment: { userUpdates: 'apply' },
      });
      await company.sends(() => company.suspends('bob'));
      expect(await company.sends(() => company.changes('bob', { lastname: 'Builder' }))).toEqual([]);
      await company.sends(() => company.reinstates('bob'));
      expect(await segment.displayNameOf('bob')).toBe('Bob Builder');
    });
  });

  describe('R14: only what the mapping names is sent', () => {
    const secrets = { password: 'correct-horse', phone: '555-0100' };

    it('R14: no other attribute and no password, whatever happens to somebody', async () => {
      const company = await begins({
        users: [{ name: 'ada', displayname: 'The Countess', attributes: secrets }],
        groups: { Staff: ['ada'] },
        segment: { userUpdates: 'apply', unknownAttributes: 'ignore' },
      });
      await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      await company.sends(() => company.suspends('ada'));
      await company.sends(() => company.reinstates('ada'));
      const sent = (await segment.asked()).filter(({ route }) => route.includes('/Users'));
      const bodies = sent.filter(({ requestBody }) => requestBody !== '').map(bodyOf);
      expect(bodies).toHaveLength(4);
      const allowed = ['schemas', 'id', 'active', 'userName', 'displayName', 'emails'];
      for (const body of bodies) expect(allowed).toEqual(expect.arrayContaining(Object.keys(body)));
      expect(JSON.stringify(bodies)).not.toMatch(/correct-horse|555-0100|Countess|password/);
    });

    it('R14: what a mapping of our own names is sent, and a password can not be mapped', async () => {
      const row = { label: 'Field', required: false, format: 'any' };
      const mapping = [
        { ...row, target: 'userName', expression: 'user.username' },
        { ...row, target: 'title', expression: 'user.attributes.phone' },
      ];
      const company = await begins({
        users: [{ name: 'ada', attributes: secrets }],
        groups: { Staff: ['ada'] },
        connection: { mapping },
      });
      const created = (await segment.asked()).find(({ route }) => route === 'POST /Users');
      expect(bodyOf(created)).toEqual({
        schemas: expect.anything() as unknown,
        active: true,
        userName: emailOf('ada'),
        title: '555-0100',
      });
      const withPassword = [
        ...mapping,
        { ...row, target: 'password', expression: 'user.attributes.password' },
      ];
      const refused = await company.tries('PATCH', '/identity-management', { mapping: withPassword });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'mapping[2].target' }] } });
    });
  });

  describe('R15: a target that keeps its own value', () => {
    const beginning = { users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'], Editors: ['ada'] } };

    it('R15: is asked once for each change, and what it did not accept is shown', async () => {
      const company = await begins(beginning);
      const first = await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      expect(routes(first)).toEqual(['PUT /Users/{id}']);
      expect(await company.account('ada')).toMatchObject({
        error: null,
        attention: null,
        notAccepted: [{ path: 'displayName', sent: 'Ada Byron', kept: 'Ada Test', chosen: false }],
      });
      expect(writes(await company.sends(() => company.ask('POST', '/sync', {})))).toEqual([]);
      const next = await company.sends(() => company.changes('ada', { lastname: 'King' }));
      expect(routes(next)).toEqual(['PUT /Users/{id}']);
      expect(bodyOf(next[0])).toMatchObject({ displayName: 'Ada King' });
      expect(await company.account('ada')).toMatchObject({
        notAccepted: [{ sent: 'Ada King', kept: 'Ada Test' }],
      });
    });

    it('R15: a change back to what it keeps sends nothing and shows nothing; the change after it is tried', async () => {
      const company = await begins(beginning);
      await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      expect(await company.sends(() => company.changes('ada', { lastname: 'Test' }))).toEqual([]);
      expect(await company.account('ada')).toMatchObject({ notAccepted: [] });
      const next = await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      expect(routes(next)).toEqual(['PUT /Users/{id}']);
    });

    it('R15: a name that its user chose is not overwritten again and again', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: [] } });
      await segment.hasAccount('ada', 'Countess of Lovelace');
      const asked = await company.sends(() => company.adds('Staff', 'ada'));
      expect(routes(asked, '/Users')).toEqual(['POST /Users']);
      expect(await company.account('ada')).toMatchObject({
        notAccepted: [{ path: 'displayName', sent: 'Ada Test', kept: 'Countess of Lovelace' }],
      });
    });

    it('R15: a value that the target makes up where the directory has none is not fought over', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const asked = await company.sends(() =>
        company.hires('bob', ['Staff'], { firstname: null, lastname: null }),
      );
      expect(routes(asked, '/Users')).toEqual(['POST /Users']);
      expect(bodyOf(asked[0])).not.toHaveProperty('displayName');
      expect(await company.account('bob')).toMatchObject({
        error: null,
        notAccepted: [{ path: 'displayName', kept: emailOf('bob') }],
      });
    });

    it('R15: nothing of the kind where the target applies the change', async () => {
      const company = await begins({ ...beginning, segment: { userUpdates: 'apply' } });
      await company.sends(() => company.changes('ada', { username: emailOf('ada.byron'), email: null }));
      expect(await company.account('ada')).toMatchObject({ notAccepted: [], attention: null });
      expect(await segment.holds()).toEqual({
        people: ['ada.byron', 'bob'],
        groups: { Staff: ['ada.byron', 'bob'], Editors: ['ada.byron'] },
      });
    });

    it('R15: one that refuses the change is not asked again either, and its words are in the log', async () => {
      const company = await begins({ ...beginning, segment: { userUpdates: 'reject' } });
      const asked = await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      expect(routes(asked)).toEqual(['PUT /Users/{id}']);
      expect(await company.account('ada')).toMatchObject({
        state: 'active',
        notAccepted: [{ path: 'displayName', sent: 'Ada Byron', kept: 'Ada Test' }],
        recentEvents: [
          {
            outcome: 'refused',
            exchanges: [{ status: 400, response: textLike(/changed by the user only/) }],
          },
          {},
        ],
      });
      const next = await company.sends(() => company.changes('ada', { lastname: 'King' }));
      expect(routes(next)).toEqual(['PUT /Users/{id}']);
      await company.sends(() => company.suspends('ada'));
      expect((await segment.holds()).people).toEqual(['bob']);
      await company.sends(() => company.reinstates('ada'));
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
      });
    });

    const reads = (company: Company): Promise<string[]> =>
      company.sends(() => company.ask('POST', '/sync', { full: true })).then(writes);

    it.each(['answers nothing', 'answers what was sent'])(
      'R15: one that %s is asked once more when it is read, and what it keeps is shown',
      async (how) => {
        const echoes = how === 'answers what was sent';
        const baseUrl = await startBetween(segment.baseUrl, async ({ method, body }, pass) => {
          const answered = await pass();
          return echoes && method === 'PUT' ? { ...answered, body } : answered;
        });
        const company = await begins({
          ...beginning,
          connection: { baseUrl, behaviour: { users: { update: echoes ? 'put' : 'patch' } } },
          segment: { patchAnswer: 204 },
        });
        const update = [echoes ? 'PUT /Users/{id}' : 'PATCH /Users/{id}'];
        const changes = (lastname: string) => company.sends(() => company.changes('ada', { lastname }));
        expect(writes(await changes('Byron'))).toEqual(update);
        expect(await reads(company)).toEqual(update);
        expect(await reads(company)).toEqual([]);
        expect(await company.account('ada')).toMatchObject({
          attention: null,
          notAccepted: [{ path: 'displayName', sent: 'Ada Byron', kept: 'Ada Test', chosen: false }],
        });
        expect(await reads(company)).toEqual([]);
        expect(writes(await changes('King'))).toEqual(update);
        expect(await reads(company)).toEqual([]);
        expect(await company.account('ada')).toMatchObject({
          notAccepted: [{ sent: 'Ada King', kept: 'Ada Test' }],
        });
        await segment.accountChanges('ada', { displayName: 'Ada King' });
        expect(await reads(company)).toEqual([]);
        expect(await company.account('ada')).toMatchObject({ notAccepted: [] });
      },
    );

    it('R15: what it keeps is shown as it was read last', async () => {
      const company = await begins(beginning);
      const wants = { lastname: 'Byron', username: emailOf('ada.byron'), email: null };
      await company.sends(() => company.changes('ada', wants));
      await segment.accountChanges('ada', { displayName: 'Countess', email: emailOf('countess') });
      expect(await reads(company)).toEqual([]);
      const message = textLike(/keeps the userName "countess@acme\.test".*does not take "ada\.byron/);
      expect(await company.account('ada')).toMatchObject({
        notAccepted: [
          { path: 'userName', sent: emailOf('ada.byron'), kept: emailOf('countess') },
          { path: 'displayName', sent: 'Ada Byron', kept: 'Countess' },
        ],
        attention: { sent: emailOf('ada.byron'), kept: emailOf('countess'), message },
      });
      const next = await company.sends(() => company.changes('ada', { lastname: 'King' }));
      expect(bodyOf(next[0])).toMatchObject({ userName: emailOf('countess'), displayName: 'Ada King' });
      expect(await company.account('ada')).toMatchObject({
        notAccepted: [{ kept: emailOf('countess') }, { sent: 'Ada King', kept: 'Countess' }],
      });
    });

    it('R15: one that answers a change of the userName with what was sent, and keeps the old one, asks for a decision', async () => {
      const baseUrl = await startBetween(segment.baseUrl, async ({ method, body }, pass) => {
        const answered = await pass();
        return method === 'PUT' ? { ...answered, body } : answered;
      });
      const company = await begins({ ...beginning, connection: { baseUrl } });
      await company.sends(() => company.changes('ada', { username: emailOf('ada.byron'), email: null }));
      expect(await reads(company)).toEqual(['PUT /Users/{id}']);
      expect(await reads(company)).toEqual([]);
      expect(await company.account('ada')).toMatchObject({
        attention: { sent: emailOf('ada.byron'), kept: emailOf('ada') },
      });
      await segment.accountChanges('ada', { email: emailOf('ada.byron') });
      expect(await reads(company)).toEqual([]);
      expect(await company.account('ada')).toMatchObject({ attention: null, notAccepted: [] });
    });

    it('R15: what somebody changes in the target is corrected each time, be it changed to the same', async () => {
      const company = await begins({
        ...beginning,
        connection: { behaviour: { users: { update: 'patch' } } },
        segment: { userUpdates: 'apply', patchAnswer: 204 },
      });
      for (const displayName of ['Countess', 'Lady', 'Countess']) {
        await segment.accountChanges('ada', { displayName });
        expect(await reads(company)).toEqual(['PATCH /Users/{id}']);
        expect(await segment.displayNameOf('ada')).toBe('Ada Test');
      }
      expect(await reads(company)).toEqual([]);
      await segment.accountChanges('ada', { displayName: 'Countess' });
      expect(await reads(company)).toEqual(['PATCH /Users/{id}']);
      expect(await company.account('ada')).toMatchObject({ notAccepted: [] });
    });

    const renamed = async (): Promise<Company> => {
      const company = await begins(beginning);
      await company.sends(() => company.changes('ada', { username: emailOf('ada.byron'), email: null }));
      expect(await company.account('ada')).toMatchObject({
        attention: { message: textLike(/ada@acme\.test.*ada\.byron@acme\.test/), kept: emailOf('ada') },
      });
      return company;
    };
    const chooses = async (company: Company, choice: string): Promise<unknown> =>
      company.ask('POST', `/users/${company.userId('ada')}/choose`, { choice });

    it('R15: the identifier asks for attention, once', async () => {
      const company = await renamed();
      expect(writes(await company.sends(() => company.ask('POST', '/sync', {})))).toEqual([]);
      expect(await company.status()).toMatchObject({ attention: 1 });
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
    });

    it('R15: the identifier asks for nothing any more once it is changed back', async () => {
      const company = await renamed();
      const back = { username: emailOf('ada'), lastname: 'Byron' };
      await company.sends(() => company.changes('ada', back));
      expect(await company.account('ada')).toMatchObject({
        attention: null,
        notAccepted: [{ path: 'displayName' }],
      });
      expect(await company.status()).toMatchObject({ attention: 0 });
    });

    it('R15: keep leaves the old account, until the next change is tried', async () => {
      const company = await renamed();
      expect(await company.sends(() => chooses(company, 'keep'))).toEqual([]);
      expect(await company.account('ada')).toMatchObject({
        attention: null,
        notAccepted: [{ chosen: true }],
      });
      const next = await company.sends(() => company.changes('ada', { username: emailOf('ada.king') }));
      expect(routes(next)).toEqual(['PUT /Users/{id}']);
      expect(await company.account('ada')).toMatchObject({
        attention: { sent: emailOf('ada.king'), kept: emailOf('ada') },
      });
    });

    it('R15: keep stays chosen where it is chosen while a request is under way', async () => {
      const company = await renamed();
      const before = await segment.now();
      await segment.behaves({ latencyMs: 800 });
      await company.changes('ada', { lastname: 'King' });
      await until('it is under way', async () => writes(await segment.asked(before)).length > 0);
      await segment.behaves({ latencyMs: 0 });
      await chooses(company, 'keep');
      await company.untilIdle();
      expect(await company.account('ada')).toMatchObject({
        attention: null,
        notAccepted: expect.arrayContaining([
          expect.objectContaining({ path: 'userName', chosen: true }),
          expect.objectContaining({ path: 'displayName', sent: 'Ada King' }),
        ]) as unknown,
      });
      expect(await company.status()).toMatchObject({ attention: 0 });
    });

    it.each(['create', 'join'])(
      'R15: move deactivates the old account; the new one is there, groups with it (%s)',
      async (how) => {
        const company = await renamed();
        if (how === 'join') await segment.hasMember('ada.byron');
        const asked = await company.sends(() => chooses(company, 'move'));
        expect(await segment.holds()).toEqual({
          people: ['ada.byron', 'bob'],
          groups: { Staff: ['ada.byron', 'bob'], Editors: ['ada.byron'] },
        });
        expect(writes(asked)).not.toContain('DELETE /Users/{id}');
        expect(await company.account('ada')).toMatchObject({
          attention: null,
          moving: false,
        });
      },
    );
  });

  describe('R16: an account found deleted in the target', () => {
    it('R16: is matched again, then created again with every group, if its user is still assigned', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
      });
      await segment.deletes('Users', 'ada');
      await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
      });
      expect(await company.account('ada')).toMatchObject({ state: 'active', error: null });
    });

    it('R16: is linked to the account that has come in its place', async () => {
      const company = await begins({
        users: ['ada'],
        groups: { Staff: ['ada'] },
        segment: { rejoinedId: 'new', userUpdates: 'apply' },
      });
      await segment.deletes('Users', 'ada');
      await segment.joins('ada');
      const asked = await company.sends(() => company.changes('ada', { lastname: 'Byron' }));
      expect(asked[0]).toMatchObject({ route: 'PUT /Users/{id}', status: 404 });
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
      expect(await segment.displayNameOf('ada')).toBe('Ada Byron');
    });

    it('R16: stays deleted, and is no error, where its user has left', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await segment.deletes('Users', 'ada');
      const asked = await company.sends(() => company.suspends('ada'));
      expect(routes(asked)).toEqual(['PUT /Users/{id}', 'GET /Users/{id}', 'GET /Users']);
      expect(await segment.holds()).toEqual({ people: ['bob'], groups: { Staff: ['bob'] } });
      expect(await company.status()).toMatchObject({ failed: 0 });
    });

    it.each([
      ['deleted', 'reject'],
      ['deleted', 'not-found'],
      ['deactivated', 'reject'],
    ])(
      'R16: is found by a group that cannot take it in, and comes back with every one (%s, %s)',
      async (how, unknownMember) => {
        const company = await begins({
          users: ['ada', 'bob'],
          groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
          segment: { unknownMember },
        });
        await (how === 'deleted' ? segment.deletes('Users', 'ada') : segment.leaves('ada'));
        await company.sends(() => company.adds('Editors', 'ada'));
        expect(await segment.holds()).toEqual({
          people: ['ada', 'bob'],
          groups: { Staff: ['ada', 'bob'], Editors: ['ada', 'bob'] },
        });
        expect(await company.account('ada')).toMatchObject({ state: 'active', error: null });
        expect(await company.linkedGroup('Editors')).toMatchObject({ members: { refused: 0 }, error: null });
      },
    );

    it('R16, R26: is looked for once where a target shows none that it makes, and refuses it as a member', async () => {
      let shows = true;
      const baseUrl = await startBetween(segment.baseUrl, ({ method, path }, pass) => {
        const hides = !shows && path.startsWith('/Users') && method !== 'POST';
        if (!hides) return pass();
        const nobody = '{"schemas":[],"totalResults":0,"Resources":[]}';
        return path.startsWith('/Users/') ? { status: 404, body: '{}' } : { status: 200, body: nobody };
      });
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
        connection: { baseUrl },
        segment: { activeMember: 'ok' },
      });
      shows = false;
      await segment.behaves({ refuseMembers: [emailOf('ada')] });
      const asked = await company.sends(() => company.adds('Editors', 'ada'));
      expect(writes(asked).filter((route) => route === 'POST /Users')).toHaveLength(1);
      expect(await company.linkedGroup('Editors')).toMatchObject({ members: { accepted: 1, refused: 1 } });
      endsWith({});
      await company.deactivates();
    });

    it('R11, R16: is asked for and not written to where it is there, and refused as a member all the same', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['bob'] },
      });
      await segment.behaves({ refuseMembers: [emailOf('ada')] });
      const asked = await company.sends(() => company.adds('Editors', 'ada'));
      expect(routes(asked, '/Users')).toEqual(['GET /Users/{id}']);
      expect(await company.linkedGroup('Editors')).toMatchObject({ members: { refused: 1 } });
      endsWith({});
    });

    it('R16: is found by reading everything again, and comes back with every group', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await segment.deletes('Users', 'ada');
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
    });
  });

  describe('R17: two users never share an account', () => {
    it('R17: one whose userName would equal another’s is refused, naming both', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const asked = await company.sends(() =>
        company.hires('twin', ['Staff'], { username: 'twin', email: 'ADA@acme.test' }),
      );
      expect(routes(asked, '/Users')).toEqual([]);
      expect(await company.account('twin')).toMatchObject({
        state: 'absent',
        remoteId: null,
        error: { code: 'account-shared', retrying: false, message: textLike(/twin.*ada@acme\.test/) },
      });
      expect(await company.account('ada')).toMatchObject({ state: 'active', error: null });
      expect(await segment.holds()).toEqual({ people: ['ada'], groups: { Staff: ['ada'] } });
      await company.sends(() => company.changes('twin', { email: emailOf('twin') }));
      expect(await segment.holds()).toEqual({ people: ['ada', 'twin'], groups: { Staff: ['ada', 'twin'] } });
      expect(await company.account('twin')).toMatchObject({ state: 'active', error: null });
    });

    it('R17: of two who come at once, one gets the account', async () => {
      const company = await begins({
        users: [
          { name: 'twin', username: 'twin', email: emailOf('ada') },
          { name: 'other', username: 'other', email: 'Ada@acme.test' },
        ],
        groups: { Staff: ['twin', 'other'] },
      });
      const states = [await company.account('twin'), await company.account('other')];
      expect(states.map((one) => JSON.stringify(one).includes('account-shared')).sort()).toEqual([
        false,
        true,
      ]);
      expect((await segment.asked()).filter(({ route }) => route === 'POST /Users')).toHaveLength(1);
      endsWith({ refuseUser: 1 });
    });

    it('R17: one who is renamed to another’s userName is refused, naming both', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'] },
        segment: { userUpdates: 'apply' },
      });
      await company.changes('bob', { username: 'bob' });
      const asked = await company.sends(() => company.changes('bob', { email: emailOf('ada') }));
      expect(routes(asked)).toEqual([]);
      expect(await company.account('bob')).toMatchObject({
        error: { code: 'account-shared', message: textLike(/[Bb]ob.*ada@acme\.test/) },
      });
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
      endsWith({ refuseUser: 1 });
    });

    it('R17: one whose match in the target is linked to somebody else is refused, naming both', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      await segment.accountChanges('ada', { email: emailOf('bob') });
      await company.sends(() => company.hires('bob', ['Staff']));
      expect(await company.account('bob')).toMatchObject({
        state: 'absent',
        error: { retrying: false, message: textLike(/Bob Test.*Ada Test|Ada Test.*Bob Test/) },
      });
      expect(await company.account('ada')).toMatchObject({ state: 'active' });
      expect((await segment.holds()).people).toEqual(['bob']);
      endsWith({ refuseUser: 1 });
    });
  });
});
