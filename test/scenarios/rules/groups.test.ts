import { describe, expect, it, test } from 'vitest';
import { bodyOf, routes, writes } from '../../support/company.ts';
import { databaseKinds } from '../../support/database.ts';
import { textLike } from '../../support/matchers.ts';
import { stage } from '../../support/stage.ts';
import { startBetween, startRefusing, type Requested } from '../../support/target.ts';

describe.each(databaseKinds)('groups, on the %s database', async (kind) => {
  const { company: begins, segment, endsWith } = await stage(kind);
  const groups = async () => (await segment.holds()).groups;

  describe('R20: which groups are created', () => {
    it('R20: every bound group with a member, under its name; not an empty one, and none that is not bound', async () => {
      const company = await begins({
        users: ['ada', 'bob', { name: 'cyd', state: 'suspended' }],
        groups: { 'Growth & Data': ['ada', 'bob'], Empty: [], Departed: ['cyd'] },
        unbound: { Others: ['ada'] },
      });
      expect(await groups()).toEqual({ 'Growth & Data': ['ada', 'bob'] });
      expect(await company.linkedGroup('Empty')).toMatchObject({ state: 'absent', error: null });
    });

    it('R20: an empty one is created with its first member; one that becomes empty stays, emptied', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'], Editors: [] } });
      await company.sends(() => company.adds('Editors', 'ada'));
      expect(await groups()).toEqual({ Staff: ['ada'], Editors: ['ada'] });
      const asked = await company.sends(() => company.removes('Editors', 'ada'));
      expect(routes(asked)).toEqual(['PATCH /Groups/{id}']);
      expect(await groups()).toEqual({ Staff: ['ada'], Editors: [] });
      await company.sends(() => company.suspends('ada'));
      expect(await groups()).toEqual({ Staff: [], Editors: [] });
    });
  });

  describe('R20: a group that is created with its members', () => {
    const POST = 'POST /Groups';
    const PATCH = 'PATCH /Groups/{id}';

    it.each([
      ['takes all of them', {}, [POST]],
      ['drops them', { createGroupWithMembers: 'ignored' }, [POST, PATCH]],
      [
        'drops them, and shows nothing of members',
        { createGroupWithMembers: 'ignored', emptyMembers: 'absent' },
        [POST, PATCH],
      ],
    ] as const)('R20: by a target that %s', async (_, segmentDoes, requests) => {
      const company = await begins({
        users: ['ada', 'bob', { name: 'cyd', state: 'suspended' }],
        groups: { Others: ['ada', 'bob'] },
        unbound: { Staff: ['ada', 'bob', 'cyd'] },
        connection: { behaviour: { groups: { createWithMembers: true } } },
        segment: segmentDoes,
      });
      const asked = await company.sends(() => company.binds('Staff'));
      expect(writes(asked)).toEqual(requests);
      expect(await groups()).toEqual({ Others: ['ada', 'bob'], Staff: ['ada', 'bob'] });
      expect(await company.linkedGroup('Staff')).toMatchObject({ members: { accepted: 2 } });
    });

    it('R20: no more of them at once than the target takes', async () => {
      const company = await begins({
        users: ['ada', 'bob', 'cyd'],
        groups: { Others: ['ada', 'bob', 'cyd'] },
        unbound: { Staff: ['ada', 'bob', 'cyd'] },
        connection: { behaviour: { groups: { createWithMembers: true, membersPerRequest: 2 } } },
      });
      const asked = await company.sends(() => company.binds('Staff'));
      expect(writes(asked)).toEqual([POST, PATCH]);
      expect(await groups()).toEqual({ Others: ['ada', 'bob', 'cyd'], Staff: ['ada', 'bob', 'cyd'] });
    });

    it('R26: one whom the target refuses does not keep it from being created', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Others: ['ada'] },
        unbound: { Staff: ['ada', 'bob'] },
        connection: { behaviour: { groups: { createWithMembers: true } } },
      });
      await segment.behaves({ refuseMembers: ['bob@acme.test'] });
      await company.sends(() => company.binds('Staff'));
      expect(await groups()).toEqual({ Others: ['ada'], Staff: ['ada'] });
      expect(await company.linkedGroup('Staff')).toMatchObject({ members: { accepted: 1, refused: 1 } });
      await segment.behaves({ refuseMembers: [] });
      await company.sends(() => company.ask('POST', `/linked-groups/${company.groupId('Staff')}/retry`));
      expect(await groups()).toEqual({ Others: ['ada'], Staff: ['ada', 'bob'] });
    });
  });

  describe('R21: a group of that name is there already', () => {
    it.each([
      ['makes its membership the directory’s', {}, ['ada', 'bob']],
      [
        'keeps members whom Rollcall does not know, where told so',
        { unknownMembers: 'keep' },
        ['ada', 'bob', 'eve'],
      ],
    ])('R21: takes it over and %s', async (_, behaviour, members) => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Others: ['ada', 'bob'] },
        unbound: { Staff: ['ada', 'bob'] },
        connection: { behaviour: { groups: behaviour } },
      });
      await segment.hasMember('eve');
      await segment.hasGroup('staff', ['bob', 'eve']);
      const id = await segment.groupIdOf('staff');
      const asked = await company.sends(() => company.binds('Staff'));
      expect(writes(asked)).not.toContain('POST /Groups');
      expect(await groups()).toEqual({ Others: ['ada', 'bob'], Staff: members });
      expect(await segment.groupIdOf('Staff')).toBe(id);
      expect((await segment.holds()).people).toContain('eve');
    });

    it('R26: takes it over also where the target refuses to take strangers out, and says so', async () => {
      const company = await begins({
        users: ['ada'],
        groups: { Others: ['ada'] },
        unbound: { Staff: ['ada'] },
        connection: { behaviour: { groups: { memberRemoval: 'array' } } },
      });
      await segment.hasMember('eve');
      await segment.hasGroup('Staff', ['eve']);
      await company.sends(() => company.binds('Staff'));
      expect(await groups()).toEqual({ Others: ['ada'], Staff: ['ada', 'eve'] });
      const logged = `/events?application=${company.applicationId}&operation=createGroup&outcome=refused`;
      expect(JSON.stringify(await company.call('GET', logged))).toMatch(/Took over the group .*in it still/);
      await company.configures({ behaviour: { groups: { memberRemoval: 'filter' } } });
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect(await groups()).toEqual({ Others: ['ada'], Staff: ['ada'] });
    });

    it('R21: a member who has left the group in the directory is taken out of it', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Others: ['ada', 'bob'] },
        unbound: { Staff: ['ada'] },
      });
      await segment.hasGroup('Staff', ['ada', 'bob']);
      await company.sends(() => company.binds('Staff'));
      expect(await groups()).toEqual({ Others: ['ada', 'bob'], Staff: ['ada'] });
    });

    it.each([{}, { filter: 'ignored' }, { filter: 'empty' }])(
      'R21: finds it where the target behaves so: %o',
      async (toggles) => {
        const company = await begins({ users: ['ada'], unbound: { Staff: ['ada'] }, segment: toggles });
        await segment.hasGroup('Staff');
        await company.sends(() => company.binds('Staff'));
        expect(await groups()).toEqual({ Staff: ['ada'] });
        expect(await company.linkedGroup('Staff')).toMatchObject({ state: 'active', error: null });
      },
    );

    it('R21: two of that name are refused, naming both, and nothing is touched until one is left', async () => {
      const company = await begins({
        users: ['ada'],
        groups: { Others: ['ada'] },
        unbound: { Staff: ['ada'] },
        segment: { groupNamesUnique: false },
      });
      await segment.hasGroup('staff');
      await segment.hasGroup('STAFF');
      const ids = [await segment.groupIdOf('staff'), await segment.groupIdOf('STAFF')];
      const asked = await company.sends(() => company.binds('Staff'));
      expect(writes(asked)).toEqual([]);
      const both = new RegExp(ids.map((id) => `(?=.*${id ?? 'no id'})`).join(''));
      expect(await company.linkedGroup('Staff')).toMatchObject({
        state: 'absent',
        error: { retrying: false, message: textLike(both) },
      });
      await segment.deletes('Groups', 'STAFF');
      await company.sends(() => company.ask('POST', `/linked-groups/${company.groupId('Staff')}/retry`));
      expect(await groups()).toEqual({ Others: ['ada'], Staff: ['ada'] });
    });

    it.each([{}, { filter: 'ignored' }])(
      'R21: an empty one is taken over too, and nobody is left in it, where the target behaves so: %o',
      async (toggles) => {
        const company = await begins({
          users: ['ada'],
          groups: { Others: ['ada'] },
          unbound: { Staff: [] },
          segment: toggles,
        });
        await segment.hasMember('eve');
        await segment.hasGroup('staff', ['ada', 'eve']);
        const id = await segment.groupIdOf('staff');
        await company.sends(() => company.binds('Staff'));
        expect(await groups()).toEqual({ Others: ['ada'], Staff: [] });
        expect(await segment.groupIdOf('Staff')).toBe(id);
        expect(await company.linkedGroup('Staff')).toMatchObject({ state: 'active', error: null });
      },
    );

    it('R20, R21: an empty one is looked for once, and neither created nor known where it is not there', async () => {
      const company = await begins({
        users: ['ada', { name: 'cyd', state: 'suspended' }],
        groups: { Others: ['ada'] },
        unbound: { Staff: ['cyd'] },
      });
      const asked = await company.sends(() => company.binds('Staff'));
      expect(routes(asked)).toEqual(['GET /Groups']);
      expect(await groups()).toEqual({ Others: ['ada'] });
      expect(await company.linkedGroup('Staff')).toMatchObject({ state: 'absent', error: null });
      expect(await company.plans()).toEqual({});
      await company.dismisses('cyd');
      expect(await company.sends(() => company.renames('Staff', 'Crew'))).toEqual([]);
      await segment.hasGroup('Crew', ['ada']);
      await company.sends(() => company.ask('POST', '/sync', { full: true }));
      expect(await groups()).toEqual({ Others: ['ada'], Crew: [] });
    });

    it('R21: two of an empty one’s name are refused as well, until one is left', async () => {
      const company = await begins({
        users: ['ada'],
        groups: { Others: ['ada'] },
        unbound: { Staff: [] },
        segment: { groupNamesUnique: false },
      });
      await segment.hasGroup('staff', ['ada']);
      await segment.hasGroup('STAFF', ['ada']);
      expect(writes(await company.sends(() => company.binds('Staff')))).toEqual([]);
      expect(await company.linkedGroup('Staff')).toMatchObject({ error: { code: 'group-ambiguous' } });
      await segment.deletes('Groups', 'STAFF');
      await company.sends(() => company.ask('POST', `/linked-groups/${company.groupId('Staff')}/retry`));
      expect(await groups()).toEqual({ Others: ['ada'], Staff: [] });
    });

    it('R47: a plan says that an empty one would be taken over', async () => {
      const company = await begins({ users: ['ada'], groups: { Others: ['ada'], Staff: [] }, active: false });
      expect(JSON.stringify(await company.ask('GET', '/plan?kind=takeOverGroup'))).toContain(
        'Take over the group \\"Staff\\" if there is one already; an empty group is not created',
      );
      await company.sends(() => company.activates());
      expect(await company.plans()).toEqual({});
    });
  });

  describe('R22: only what a change touches is sent, and only the difference', () => {
    const beginning = {
      users: ['ada', 'bob', 'cyd', 'dan'],
      groups: { Staff: ['ada', 'bob', 'cyd'], Editors: ['ada', 'dan'], Authors: ['bob', 'dan'] },
    };

    it('R22: one member more, one member less: a request each, to that group, of that member', async () => {
      const company = await begins(beginning);
      const added = await company.sends(() => company.adds('Staff', 'dan'));
      expect(routes(added)).toEqual(['PATCH /Groups/{id}']);
      expect(added[0]?.path).toContain((await segment.groupIdOf('Staff')) ?? 'no id');
      expect(bodyOf(added[0])['Operations']).toEqual([
        { op: 'add', path: 'members', value: [{ value: textLike(/./) }] },
      ]);
      const removed = await company.sends(() => company.removes('Staff', 'bob'));
      expect(routes(removed)).toEqual(['PATCH /Groups/{id}']);
      expect(bodyOf(removed[0])['Operations']).toEqual([
        { op: 'remove', path: textLike(/^members\[value eq "[^"]+"\]$/) },
      ]);
      expect((await groups())['Staff']).toEqual(['ada', 'cyd', 'dan']);
    });

    it('R22: what is no change sends nothing', async () => {
      const company = await begins(beginning);
      const asked = await company.sends(async () => {
        await company.adds('Staff', 'ada');
        await company.removes('Staff', 'dan');
        await company.call('PATCH', `/groups/${company.groupId('Staff')}`, { description: 'Everybody' });
      });
      expect(asked).toEqual([]);
    });

    it('R22: a group that is not bound sends nothing', async () => {
      const company = await begins({ ...beginning, unbound: { Others: ['ada'] } });
      expect(await company.sends(() => company.adds('Others', 'bob', 'cyd'))).toEqual([]);
    });

    it('R22: somebody new in two groups costs an account and two memberships', async () => {
      const company = await begins({ ...beginning, unbound: { Others: [] } });
      await company.hires('eva', ['Others']);
      const asked = await company.sends(async () => {
        await company.adds('Staff', 'eva');
        await company.adds('Editors', 'eva');
      });
      expect(writes(asked).sort()).toEqual(['PATCH /Groups/{id}', 'PATCH /Groups/{id}', 'POST /Users']);
    });
  });

  describe('R23: groups are renamed', () => {
    it.each([{}, { behaviour: { groups: { update: 'put' } } }])(
      'R44: a name that the target refuses holds up neither who joins nor who leaves: %o',
      async (connection) => {
        const company = await begins({
          users: ['ada', 'bob', 'cyd'],
          groups: { Everybody: ['ada', 'bob', 'cyd'], Money: ['ada', 'bob'] },
          connection,
        });
        await segment.hasGroup('Finance');
        await company.sends(() => company.renames('Money', 'Finance'));
        expect(await company.linkedGroup('Money')).toMatchObject({
          error: { code: 'name-taken', message: textLike(/another group named "Finance"/) },
        });
        await company.sends(() => company.removes('Money', 'bob'));
        await company.sends(() => company.adds('Money', 'cyd'));
        expect((await groups()).Money).toEqual(['ada', 'cyd']);
        await segment.deletes('Groups', 'Finance');
        await company.sends(() => company.ask('POST', `/linked-groups/${company.groupId('Money')}/retry`));
        expect((await groups()).Finance).toEqual(['ada', 'cyd']);
      },
    );

    it('R23: with their membership untouched', async () => {
      const company = await begins({
        users: ['ada', 'bob'],
        groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
      });
      const id = await segment.groupIdOf('Staff');
      const asked = await company.sends(() => company.renames('Staff', 'Everybody'));
      expect(routes(asked)).toEqual(['PATCH /Groups/{id}']);
      expect(asked[0]?.requestBody).not.toContain('member');
      expect(await groups()).toEqual({ Everybody: ['ada', 'bob'], Editors: ['ada'] });
      expect(await segment.groupIdOf('Everybody')).toBe(id);
    });

    const beginning = {
      users: ['ada', 'bob', 'cyd'],
      groups: { Red: ['ada'], Green: ['bob'], Blue: ['cyd'] },
    };
    const CHAIN = [
      ['Blue', 'Black'],
      ['Green', 'Blue'],
      ['Red', 'Green'],
    ] as const;
    const SWAP = [
      ['Red', 'Interim'],
      ['Green', 'Red'],
      ['Red', 'Green'],
    ] as const;
    const CYCLE = [
      ['Blue', 'Interim'],
      ['Green', 'Blue'],
      ['Red', 'Green'],
      ['Blue', 'Red'],
    ] as const;
    const ENDS = [
      { what: 'a chain', moves: CHAIN, ends: { Green: ['ada'], Blue: ['bob'], Black: ['cyd'] } },
      { what: 'a swap', moves: SWAP, ends: { Green: ['ada'], Red: ['bob'], Blue: ['cyd'] } },
      { what: 'a cycle', moves: CYCLE, ends: { Green: ['ada'], Blue: ['bob'], Red: ['cyd'] } },
    ];

    it.each(ENDS)('R23: $what of names ends right, one after another', async ({ moves, ends }) => {
      const company = await begins(beginning);
      for (const [group, name] of moves) await company.renames(group, name);
      await company.untilIdle();
      expect(await groups()).toEqual(ends);
    });

    it.each(ENDS)('R23: $what of names ends right, all at once', async ({ moves, ends }) => {
      const company = await begins(beginning);
      const ids = await Promise.all(['Red', 'Green', 'Blue'].map((name) => segment.groupIdOf(name)));
      await company.deactivates();
      for (const [group, name] of moves) await company.renames(group, name);
      const asked = await company.sends(() => company.activates());
      expect(await groups()).toEqual(ends);
      const after = await Promise.all(Object.keys(ends).map((name) => segment.groupIdOf(name)));
      expect(after).toEqual(ids);
      expect(JSON.stringify(asked.map(({ requestBody }) => requestBody))).not.toContain('members');
    });

    it('R23: a swap of names in Greek capitals ends right: a small sigma at the end of a word has two forms', async () => {
      const [left, right] = ['ΠΩΛΗΣΕΙΣ', 'ΑΓΟΡΕΣ'];
      const company = await begins({ users: ['ada', 'bob'], groups: { [left]: ['ada'], [right]: ['bob'] } });
      await company.deactivates();
      for (const [group, name] of [
        [left, 'Interim'],
        [right, left],
        [left, right],
      ] as const)
        await company.renames(group, name);
      const asked = await company.sends(() => company.activates());
      expect(asked.filter(({ status }) => status >= 400)).toEqual([]);
      expect(await groups()).toEqual({ [right]: ['ada'], [left]: ['bob'] });
    });

    it.each(['Red', 'Green'])(
      'R23, R44: where the target does not let %s be renamed, a swap leaves both as they were until it does',
      async (kept) => {
        let refused: string | undefined;
        const refuses = ({ path, body }: Requested): boolean =>
          refused !== undefined && path.endsWith(refused) && body.includes('displayName');
        const company = await begins({
          ...beginning,
          connection: { baseUrl: await startRefusing(segment.baseUrl, refuses) },
        });
        refused = await segment.groupIdOf(kept);
        await company.deactivates();
        for (const [group, name] of SWAP) await company.renames(group, name);
        await company.sends(() => company.activates());
        await company.sends(() => company.ask('POST', '/sync', {}));
        expect(await groups()).toEqual({ Red: ['ada'], Green: ['bob'], Blue: ['cyd'] });
        expect(await company.linkedGroup(kept)).toMatchObject({ error: { retrying: false, status: 400 } });
        expect(await company.linkedGroup(kept === 'Red' ? 'Green' : 'Red')).toMatchObject({
          error: { code: 'name-held', retrying: false, message: textLike(/was refused.*Correct the error/) },
        });
        expect(await company.status()).toMatchObject({ failed: 2 });
        refused = undefined;
        await company.sends(() => company.ask('POST', `/linked-groups/${company.groupId(kept)}/retry`));
        expect(await groups()).toEqual({ Green: ['ada'], Red: ['bob'], Blue: ['cyd'] });
      },
    );

    it('R15: a name that the target says it took, and keeps its own of, is sent once more when it is read, and shown', async () => {
      const baseUrl = await startBetween(segment.baseUrl, ({ method, body }, pass) =>
        method === 'PATCH' && body.includes('displayName') ? { status: 204, body: '' } : pass(),
      );
      const company = await begins({ ...beginning, connection: { baseUrl } });
      const reads = () => company.sends(() => company.ask('POST', '/sync', { full: true }));
      await company.renames('Red', 'Crimson');
      await company.untilIdle();
      await reads();
      expect(writes(await reads())).toEqual([]);
      expect(await company.linkedGroup('Red')).toMatchObject({
        notAccepted: [{ path: 'displayName', sent: 'Crimson', kept: 'Red' }],
      });
      expect(await company.plans()).toEqual({});
    });

    it('R23: a name that a deleted group leaves is taken by another', async () => {
      const company = await begins(beginning);
      await company.deactivates();
      await company.dissolves('Red');
      await company.renames('Green', 'Red');
      await company.sends(() => company.activates());
      expect(await groups()).toEqual({ Red: ['bob'], Blue: ['cyd'] });
    });
  });

  describe('R24: a group is unbound', () => {
    const beginning = {
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
    };

    it('R24: stays as it is, its sync stops, and who is not assigned otherwise is deactivated', async () => {
      const company = await begins(beginning);
      const asked = await company.sends(() => company.unbinds('Staff'));
      expect(routes(asked, '/Groups')).toEqual([]);
      expect(await segment.holds()).toEqual({
        people: ['ada'],
        groups: { Staff: ['ada'], Editors: ['ada'] },
      });
      await company.hires('cyd', ['Staff', 'Editors']);
      const later = await company.sends(async () => {
        await company.removes('Staff', 'ada');
        await company.renames('Staff', 'Everybody');
      });
      expect(routes(later, '/Groups')).not.toContain('DELETE /Groups/{id}');
      expect(await groups()).toEqual({ Staff: ['ada'], Editors: ['ada', 'cyd'] });
    });

    it('R24: stops also while its sync waits', async () => {
      const company = await begins(beginning);
      await segment.behaves({ errorRate: 1 });
      await company.renames('Staff', 'Everybody');
      await company.removes('Staff', 'ada');
      await company.unbinds('Staff');
      await segment.behaves({ errorRate: 0 });
      await company.untilIdle();
      expect(await groups()).toEqual({ Staff: ['ada'], Editors: ['ada'] });
    });

    it('R24: bound again, it is taken over again and brought in line', async () => {
      const company = await begins(beginning);
      const id = await segment.groupIdOf('Staff');
      await company.sends(() => company.unbinds('Staff'));
      await company.removes('Staff', 'ada');
      await company.hires('cyd', ['Staff']);
      const asked = await company.sends(() => company.binds('Staff'));
      expect(writes(asked)).not.toContain('POST /Groups');
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob', 'cyd'],
        groups: { Staff: ['bob', 'cyd'], Editors: ['ada'] },
      });
      expect(await segment.groupIdOf('Staff')).toBe(id);
    });

    it('R23, R24: renamed here meanwhile, it is that group all the same, and is renamed', async () => {
      const company = await begins(beginning);
      const id = await segment.groupIdOf('Staff');
      await company.sends(() => company.unbinds('Staff'));
      await company.renames('Staff', 'Crew');
      await company.removes('Staff', 'ada');
      const planned = async () => JSON.stringify(await company.ask('GET', '/plan'));
      await company.deactivates();
      await company.binds('Staff');
      expect(await planned()).toContain('Take over the group \\"Staff\\" again');
      expect(await planned()).toContain('Rename the group \\"Staff\\" to \\"Crew\\"');
      await company.sends(() => company.activates());
      expect(await groups()).toEqual({ Crew: ['bob'], Editors: ['ada'] });
      expect(await segment.groupIdOf('Crew')).toBe(id);
    });

    it('R24: renamed there meanwhile, it is that group all the same; whom nobody knows is taken out', async () => {
      const company = await begins(beginning);
      const id = await segment.groupIdOf('Staff');
      await company.sends(() => company.unbinds('Staff'));
      await segment.hasMember('eve');
      await segment.putsIn('Staff', 'eve');
      await segment.renamesGroup('Staff', 'Old hands');
      await company.sends(() => company.binds('Staff'));
      expect(await groups()).toEqual({ Staff: ['ada', 'bob'], Editors: ['ada'] });
      expect(await segment.groupIdOf('Staff')).toBe(id);
    });

    it('R24: emptied here meanwhile, nobody stays in it', async () => {
      const company = await begins(beginning);
      const id = await segment.groupIdOf('Staff');
      await company.sends(() => company.unbinds('Staff'));
      await company.removes('Staff', 'ada', 'bob');
      await company.renames('Staff', 'Crew');
      const asked = await company.sends(() => company.binds('Staff'));
      expect(routes(asked)).toEqual(['GET /Groups/{id}', 'PATCH /Groups/{id}', 'PATCH /Groups/{id}']);
      expect(await groups()).toEqual({ Crew: [], Editors: ['ada'] });
      expect(await segment.groupIdOf('Crew')).toBe(id);
    });

    it('R24: deleted there meanwhile, it is matched by its name, or created', async () => {
      const company = await begins(beginning);
      await company.sends(() => company.unbinds('Staff', 'Editors'));
      await segment.deletes('Groups', 'Staff');
      await segment.deletes('Groups', 'Editors');
      await segment.hasMember('eve');
      await segment.hasGroup('Editors', ['eve']);
      await company.removes('Editors', 'ada');
      const id = await segment.groupIdOf('Editors');
      await company.sends(() => company.binds('Staff', 'Editors'));
      expect(await groups()).toEqual({ Staff: ['ada', 'bob'], Editors: [] });
      expect(await segment.groupIdOf('Editors')).toBe(id);
    });

    it('R23, R24: another one that is called as it was waits for its name', async () => {
      const company = await begins(beginning);
      const id = await segment.groupIdOf('Staff');
      const old = company.groupId('Staff');
      await company.sends(() => company.unbinds('Staff'));
      await company.renames('Staff', 'Crew');
      await company.founds('Staff', ['ada']);
      await company.sends(() => company.ask('POST', '/groups', { add: [old, company.groupId('Staff')] }));
      expect(await groups()).toEqual({ Crew: ['ada', 'bob'], Staff: ['ada'], Editors: ['ada'] });
      expect(await segment.groupIdOf('Crew')).toBe(id);
    });

    it('R21, R24: where another one of its name has taken it over by then, it is that one’s', async () => {
      const company = await begins(beginning);
      const id = await segment.groupIdOf('Staff');
      const old = company.groupId('Staff');
      await company.sends(() => company.unbinds('Staff'));
      await company.renames('Staff', 'Crew');
      await company.founds('Staff', ['ada']);
      await company.sends(() => company.binds('Staff'));
      await company.sends(() => company.ask('POST', '/groups', { add: [old] }));
      expect(await groups()).toEqual({ Crew: ['ada', 'bob'], Staff: ['ada'], Editors: ['ada'] });
      expect(await segment.groupIdOf('Staff')).toBe(id);
    });

    it.each([
      ['string', { Crew: ['ada', 'bob'], Editors: ['ada'] }],
      ['number', { Staff: ['ada'], Crew: ['ada', 'bob'], Editors: ['ada'] }],
    ])(
      'R17, R24: after another token it is known by an id that no other target gives: a %s',
      async (ids, ends) => {
        const company = await begins({ ...beginning, segment: { ids } });
        await company.sends(() => company.unbinds('Staff'));
        await company.renames('Staff', 'Crew');
        await company.deactivates();
        await company.configures({ token: await segment.newToken() });
        await company.activates();
        await company.sends(() => company.binds('Staff'));
        expect(await groups()).toEqual(ends);
      },
    );

    it.each([{ membersReadable: false }, { update: 'put', memberRemoval: 'array' }])(
      'R24: renamed, bound again and taken over where the target behaves so: %o',
      async (behaviour) => {
        const company = await begins({ ...beginning, connection: { behaviour: { groups: behaviour } } });
        const id = await segment.groupIdOf('Staff');
        await company.sends(() => company.unbinds('Staff'));
        await company.renames('Staff', 'Crew');
        await company.sends(() => company.binds('Staff'));
        expect(await groups()).toEqual({ Crew: ['ada', 'bob'], Editors: ['ada'] });
        expect(await segment.groupIdOf('Crew')).toBe(id);
      },
    );

    it('R24: unbound twice, it is still that group', async () => {
      const company = await begins(beginning);
      const id = await segment.groupIdOf('Staff');
      await segment.behaves({ latencyMs: 50 });
      for (const name of ['Crew', 'Hands', 'People']) {
        await company.unbinds('Staff');
        await company.renames('Staff', name);
        await company.binds('Staff');
      }
      await company.untilIdle();
      expect(await groups()).toEqual({ People: ['ada', 'bob'], Editors: ['ada'] });
      expect(await segment.groupIdOf('People')).toBe(id);
    });

    it('R24: unbound while the connection was inactive, it is left as it is', async () => {
      const company = await begins(beginning);
      await company.deactivates();
      await company.unbinds('Staff');
      await company.removes('Staff', 'ada');
      const asked = await company.sends(() => company.activates());
      expect(writes(asked)).toEqual(['PUT /Users/{id}']);
      expect(await segment.holds()).toEqual({
        people: ['ada'],
        groups: { Staff: ['ada'], Editors: ['ada'] },
      });
    });
  });

  describe('R25: a group is deleted in the directory', () => {
    const beginning = {
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'], Editors: ['ada'] },
    };
    const left = { people: ['ada'], groups: { Editors: ['ada'] } };

    it('R25: is deleted in the target; who is not assigned otherwise is deactivated', async () => {
      const company = await begins(beginning);
      const asked = await company.sends(() => company.dissolves('Staff'));
      expect(routes(asked).sort()).toEqual(['DELETE /Groups/{id}', 'PUT /Users/{id}']);
      expect(await segment.holds()).toEqual(left);
    });

    it('R25: also when the connection was inactive at that moment', async () => {
      const company = await begins(beginning);
      await company.deactivates();
      await company.dissolves('Staff');
      await company.sends(() => company.activates());
      expect(await segment.holds()).toEqual(left);
    });

    it('R25: also when the connection was paused at that moment', async () => {
      const company = await begins(beginning);
      await segment.behaves({ unauthorized: true });
      await company.adds('Editors', 'bob');
      await expect.poll(async () => (await company.status()).state, { timeout: 30_000 }).toBe('paused');
      await company.dissolves('Staff');
      await segment.behaves({ unauthorized: false });
      await company.sends(() => company.resumes());
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob'], groups: { Editors: ['ada', 'bob'] } });
    });

    it('R25: one that was deleted in the target before is no error', async () => {
      const company = await begins(beginning);
      await segment.deletes('Groups', 'Staff');
      await company.sends(() => company.dissolves('Staff'));
      expect(await segment.holds()).toEqual(left);
      expect(await company.status()).toMatchObject({ failed: 0 });
    });

    it.each(['active', 'inactive'])(
      'R25: one that was unbound before is left alone (%s connection)',
      async (state) => {
        const company = await begins(beginning);
        if (state === 'inactive') await company.deactivates();
        await company.unbinds('Staff');
        if (state === 'active') await company.untilIdle();
        await company.dissolves('Staff');
        if (state === 'inactive') await company.activates();
        await company.untilIdle();
        expect(await segment.holds()).toEqual({
          people: ['ada'],
          groups: { Staff: ['ada'], Editors: ['ada'] },
        });
      },
    );

    it('R25: one that never came to be there leaves nothing to do, and its name is free', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'], Empty: [] } });
      await segment.hasGroup('Empty');
      expect(await company.sends(() => company.dissolves('Empty'))).toEqual([]);
      expect(await groups()).toEqual({ Staff: ['ada'], Empty: [] });
    });
  });

  describe('R26: members who can not be added', () => {
    it.each(['reject', 'not-found', 'ignore'])(
      'R26: one whom the target does not hold yet is left out until it does, then added (unknown members: %s)',
      async (unknownMember) => {
        const company = await begins({
          users: ['ada'],
          groups: { Staff: ['ada'], Editors: ['ada'] },
          segment: { unknownMember, refuseUsers: ['bob@acme.test'] },
        });
        await company.hires('bob');
        await company.hires('cyd', ['Staff']);
        await company.sends(() => company.adds('Staff', 'bob'));
        expect(await groups()).toEqual({ Staff: ['ada', 'cyd'], Editors: ['ada'] });
        await company.sends(() => company.adds('Editors', 'bob', 'cyd'));
        expect(await groups()).toEqual({ Staff: ['ada', 'cyd'], Editors: ['ada', 'cyd'] });
        await segment.behaves({ refuseUsers: [] });
        await company.sends(() => company.ask('POST', `/users/${company.userId('bob')}/retry`));
        expect(await groups()).toEqual({ Staff: ['ada', 'bob', 'cyd'], Editors: ['ada', 'bob', 'cyd'] });
      },
    );

    test('R26: one whom the target refuses does not hold up the others, and is named', async () => {
      const names = ['ada', 'bob', 'cyd', 'dan', 'eva', 'fay', 'gus'];
      const company = await begins({
        users: names,
        groups: { Staff: names },
        segment: { refuseMembers: ['cyd@acme.test'] },
      });
      expect(await groups()).toEqual({ Staff: names.filter((name) => name !== 'cyd') });
      expect(await company.linkedGroup('Staff')).toMatchObject({
        members: { directory: 7, accepted: 6, refused: 1 },
        refusedMembers: [
          { name: textLike(/^Cyd Test/), error: { said: textLike(/refuseMembers/), retrying: false } },
        ],
      });
      expect((await segment.holds()).people).toEqual(names);
      await segment.behaves({ refuseMembers: [] });
      await company.sends(() => company.ask('POST', `/linked-groups/${company.groupId('Staff')}/retry`));
      expect(await groups()).toEqual({ Staff: names });
    });

    test('R26: a group that was deleted in the target comes back with every member', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      await segment.deletes('Groups', 'Staff');
      await company.sends(() => company.hires('cyd', ['Staff']));
      expect(await groups()).toEqual({ Staff: ['ada', 'bob', 'cyd'] });
      expect(await company.status()).toMatchObject({ failed: 0 });
    });
  });

  test('R26: nothing is asked of the target for a refused member until somebody changes something', async () => {
    const company = await begins({
      users: ['ada', 'bob'],
      groups: { Staff: ['ada', 'bob'] },
      segment: { refuseMembers: ['bob@acme.test'] },
    });
    const before = await segment.now();
    await company.changes('ada', { attributes: { desk: 4 } });
    await company.untilIdle();
    expect(await segment.asked(before)).toEqual([]);
    endsWith({});
  });
});
