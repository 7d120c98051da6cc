import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lockDirectoryShared } from '../../src/store/scope.ts';
import { detailOf, made, startApi, type TestApi } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

const usernames = z
  .object({
    items: z.array(z.looseObject({ id: z.string(), username: z.string() })),
    nextCursor: z.string().nullable(),
    total: z.number(),
  })
  .transform((list) => ({ ...list, names: list.items.map((item) => item.username) }));

/** Makes the application's connection live without a target, and forgets the marks of that. */
async function live(api: TestApi, applicationId: string): Promise<void> {
  const { db } = api.database;
  await db.updateTable('applications').set({ idm_state: 'active' }).where('id', '=', applicationId).execute();
  await db.deleteFrom('pending').execute();
}

/** What is to be looked at again in an application, leavers marked with `!`; forgets it. */
async function takeMarks(api: TestApi, applicationId: string): Promise<string[]> {
  const marks = await api.database.db
    .deleteFrom('pending')
    .where('application_id', '=', applicationId)
    .returning(['kind', 'subject_id', 'priority', 'cause'])
    .execute();
  for (const mark of marks) expect(mark.cause).toMatchObject({ actor: 'api key ROLLCALL_API_KEY' });
  return marks.map((mark) => `${mark.kind} ${mark.subject_id}${mark.priority === 0 ? '!' : ''}`).sort();
}

describe.each(databaseKinds)('the directory, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const patch = (path: string, body: unknown, etag?: string) =>
    api.call('PATCH', path, body, etag === undefined ? {} : { headers: { 'if-match': etag } });

  describe('users', () => {
    test('a user keeps what was given, trimmed and composed; nothing given is null', async () => {
      const answer = await api.call('POST', '/users', {
        username: ' zoe ',
        firstname: 'Zoe\u0308',
        lastname: '',
        attributes: { team: 'core', floor: 3, remote: true, gone: null },
      });
      expect(answer.status).toBe(201);
      const { id } = z.looseObject({ id: z.string() }).parse(answer.body);
      expect(answer.headers.location).toBe(`/api/v1/users/${id}`);
      const read = await api.call('GET', `/users/${id}`);
      expect(read.body).toEqual(answer.body);
      expect(read.body).toMatchObject({
        username: 'zoe',
        firstname: 'Zoë',
        lastname: null,
        email: null,
        state: 'active',
        attributes: { team: 'core', floor: 3, remote: true },
      });
    });

    test('a change keeps what it does not name, merges attributes, and moves the ETag once', async () => {
      const id = await made(api, '/users', {
        username: 'mia',
        email: 'mia@example.com',
        attributes: { a: 1, b: 2 },
      });
      const first = await patch(`/users/${id}`, { displayname: 'Mia', attributes: { b: null, c: 'x' } });
      expect(first.body).toMatchObject({
        email: 'mia@example.com',
        displayname: 'Mia',
        attributes: { a: 1, c: 'x' },
      });
      expect(first.headers.etag).toBe('"2"');
      const again = await patch(`/users/${id}`, { displayname: 'Mia' });
      expect(again.headers.etag).toBe('"2"');
    });

    describe('R49: how many attributes a user may have is counted on the user, whatever they came by', () => {
      const numbered = (from: number, to: number, value: unknown) =>
        Object.fromEntries(Array.from({ length: to - from }, (_, at) => [`a${from + at}`, value]));
      const many = { errors: [{ path: 'attributes', message: 'must have at most 100 attributes.' }] };

      test('over a change', async () => {
        const id = await made(api, '/users', { username: 'many', attributes: numbered(0, 60, 1) });
        expect(await patch(`/users/${id}`, { attributes: numbered(60, 101, 1) })).toMatchObject({
          status: 400,
          body: many,
        });
        expect((await patch(`/users/${id}`, { attributes: numbered(60, 100, 1) })).status).toBe(200);
        const swapped = await patch(`/users/${id}`, {
          attributes: { ...numbered(0, 100, null), ...numbered(100, 200, 1) },
        });
        expect(swapped).toMatchObject({ status: 200, body: { attributes: numbered(100, 200, 1) } });
      });

      test('over an import that updates', async () => {
        await made(api, '/users', { username: 'many-rows', attributes: numbered(0, 60, 1) });
        const users = [{ username: 'many-rows', attributes: numbered(60, 101, 1) }];
        const refused = await api.call('POST', '/users/bulk?existing=update', { users });
        expect(refused).toMatchObject({
          status: 400,
          body: { errors: [{ ...many.errors[0], path: 'users[0].attributes' }] },
        });
      });

      test('and so is how long they are', async () => {
        const id = await made(api, '/users', {
          username: 'long',
          attributes: numbered(0, 5, 'x'.repeat(2000)),
        });
        expect(await patch(`/users/${id}`, { attributes: numbered(5, 10, 'x'.repeat(2000)) })).toMatchObject({
          status: 400,
          body: { errors: [{ path: 'attributes', message: 'must take at most 16384 characters in all.' }] },
        });
      });

      test('who has too many from before may lose some, and be changed otherwise', async () => {
        const id = await made(api, '/users', { username: 'from-before' });
        await sql`UPDATE users SET attributes = ${JSON.stringify(numbered(0, 150, 1))}::jsonb WHERE id = ${id}`.execute(
          api.database.db,
        );
        expect((await patch(`/users/${id}`, { lastname: 'Older', attributes: { a0: null } })).status).toBe(
          200,
        );
        expect(await patch(`/users/${id}`, { attributes: { b: 1 } })).toMatchObject({
          status: 400,
          body: many,
        });
      });
    });

    test.each([
      ['users', { username: 'dated' }, { lastname: 'Dated' }],
      ['groups', { name: 'Dated' }, { description: 'Dated' }],
    ])(
      '%s say when they were changed, and keep that where a change changes nothing',
      async (noun, given, changed) => {
        const id = await made(api, `/${noun}`, given);
        const longAgo = '2020-01-01T00:00:00.000Z';
        await sql`UPDATE ${sql.table(noun)} SET updated_at = ${longAgo}`.execute(api.database.db);
        expect((await patch(`/${noun}/${id}`, given)).body).toMatchObject({ updatedAt: longAgo });
        const { updatedAt } = z
          .looseObject({ updatedAt: z.string() })
          .parse((await patch(`/${noun}/${id}`, changed)).body);
        expect(Date.parse(updatedAt)).toBeGreaterThan(Date.now() - 3_600_000);
      },
    );

    test('the slower of two writers is told, and changes nothing', async () => {
      const id = await made(api, '/users', { username: 'race' });
      const { etag } = (await api.call('GET', `/users/${id}`)).headers;
      expect((await patch(`/users/${id}`, { lastname: 'One' }, String(etag))).status).toBe(200);
      const late = await patch(`/users/${id}`, { lastname: 'Two' }, String(etag));
      expect(late.status).toBe(412);
      expect(detailOf(late)).toContain('"race" was changed');
      const removal = await api.call('DELETE', `/users/${id}`, undefined, { headers: { 'if-match': '"1"' } });
      expect(removal.status).toBe(412);
      expect((await api.call('GET', `/users/${id}`)).body).toMatchObject({ lastname: 'One' });
    });

    test('tags are compared as strong ones (RFC 9110 §13.1.1): a weak one never matches', async () => {
      const id = await made(api, '/users', { username: 'weak' });
      const refused = await patch(`/users/${id}`, { lastname: 'Weak' }, 'W/"1"');
      expect(refused.status).toBe(412);
      expect(detailOf(refused)).toContain('weak tag');
      expect((await patch(`/users/${id}`, { lastname: 'Strong' }, 'W/"1", "1"')).status).toBe(200);
      expect((await patch(`/users/${id}`, { lastname: 'Any' }, '*')).status).toBe(200);
    });

    test.each(['', '1', '"1', '1"', 'W/1', '"1" "2"', '"1",', '*, "1"', 'nonsense'])(
      'R49: an If-Match of %s is refused, and what is expected is said',
      async (header) => {
        const id = await made(api, '/users', { username: `tagged-${header.replaceAll('"', "'")}` });
        expect(await patch(`/users/${id}`, { lastname: 'New' }, header)).toMatchObject({
          status: 400,
          body: {
            detail: expect.stringMatching(/^If-Match must be the ETag as .* \("…"\), .* or \*/) as string,
            errors: [{ path: 'If-Match' }],
          },
        });
        expect((await patch(`/users/${id}`, { lastname: 'New' }, '"0" , "1"')).status).toBe(200);
      },
    );

    test('R17: a username belongs to one user, compared without case; the other one is named', async () => {
      const id = await made(api, '/users', { username: 'Grace', firstname: 'Grace', lastname: 'Hopper' });
      const other = await made(api, '/users', { username: 'hopper' });
      const both = { username: 'mary@example.com', email: 'Mary@example.com' };
      await made(api, '/users', both);
      const refused = [
        await api.call('POST', '/users', { username: 'GRACE' }),
        await patch(`/users/${other}`, { username: 'grace' }),
        await api.call('POST', '/users', both),
        await patch(`/users/${other}`, { username: 'MARY@example.com' }),
      ];
      expect(refused.map((answer) => answer.status)).toEqual([409, 409, 409, 409]);
      for (const answer of refused) {
        expect(detailOf(answer)).toMatch(/ belongs to (Grace Hopper \(Grace\)|mary@example\.com) already/);
        expect(answer.body).toMatchObject({ errors: [{ path: 'username', message: detailOf(answer) }] });
      }
      expect((await patch(`/users/${id}`, { username: 'grace' })).status).toBe(200);
    });

    test('R17: a username is nobody else’s email address, by which they sign in; the other one is named', async () => {
      const id = await made(api, '/users', { username: 'curie', email: 'Marie@example.com' });
      const other = await made(api, '/users', { username: 'sklodowska', email: 'marie@example.com' });
      const refused = [
        await api.call('POST', '/users', { username: 'marie@Example.com' }),
        await patch(`/users/${other}`, { username: 'MARIE@example.com' }),
      ];
      expect(refused.map((answer) => answer.status)).toEqual([409, 409]);
      for (const answer of refused) {
        expect(detailOf(answer)).toMatch(
          /^The username "marie@example.com" is the email address of the user "curie"/i,
        );
        expect(answer.body).toMatchObject({ errors: [{ path: 'username' }] });
      }
      expect((await patch(`/users/${other}`, { email: null })).status).toBe(200);
      expect((await patch(`/users/${id}`, { username: 'marie@example.com' })).status).toBe(200);
    });

    test('two who ask for one username at once: one gets it', async () => {
      const asked = Array.from({ length: 8 }, () => api.call('POST', '/users', { username: 'only-one' }));
      const statuses = (await Promise.all(asked)).map((answer) => answer.status).sort();
      expect(statuses).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    });

    test('two who are renamed to one username at once: the others are told which field it is', async () => {
      const names = Array.from({ length: 8 }, (_, at) => `to-rename-${at}`);
      const ids = await Promise.all(names.map((username) => made(api, '/users', { username })));
      const answers = await Promise.all(ids.map((id) => patch(`/users/${id}`, { username: 'only-other' })));
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(7);
      for (const { body, status } of refused)
        expect({ status, body }).toMatchObject({ status: 409, body: { errors: [{ path: 'username' }] } });
    });

    test('two groups that are renamed to one name at once: the other is told which field it is', async () => {
      const names = Array.from({ length: 8 }, (_, at) => `group-to-rename-${at}`);
      const ids = await Promise.all(names.map((name) => made(api, '/groups', { name })));
      const answers = await Promise.all(ids.map((id) => patch(`/groups/${id}`, { name: 'only-group' })));
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(7);
      for (const { body, status } of refused)
        expect({ status, body }).toMatchObject({ status: 409, body: { errors: [{ path: 'name' }] } });
    });

    test('lists in pages that miss nobody and repeat nobody, whatever is added meanwhile', async () => {
      for (const name of ['page-e', 'page-B', 'page-a', 'page-D', 'page-c'])
        await made(api, '/users', { username: name });
      const names: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query = `search=page-&limit=2${cursor && `&cursor=${cursor}`}`;
        const list = usernames.parse((await api.call('GET', `/users?${query}`)).body);
        if (cursor === '') await made(api, '/users', { username: 'page-0' });
        names.push(...list.names);
        cursor = list.nextCursor;
      }
      expect(names).toEqual(['page-a', 'page-B', 'page-c', 'page-D', 'page-e']);
    });

    test.each([
      ['part of a name', 'Lovela', ['count']],
      ['an address', 'ADA@EX', ['count']],
      ['first and last name', 'ada lovelace', ['count']],
      ['a sign that LIKE knows', '100%', ['percent']],
      ['another one', 'under_s', ['under_score']],
      ['Greek capitals, of which the last has two small forms', 'ΠΩΛΗΣΕΙΣ', ['greek']],
      ['nothing there', 'nobody at all', []],
    ])('finds by %s', async (_what, search, expected) => {
      const people = [
        { username: 'count', email: 'ada@example.com', firstname: 'Ada', lastname: 'Lovelace' },
        { username: 'percent', displayname: 'gives 100%' },
        { username: 'greek', displayname: 'ΠΩΛΗΣΕΙΣ' },
        { username: 'under_score' },
        { username: 'underXscore' },
      ];
      for (const person of people) await api.call('POST', '/users', person);
      const list = usernames.parse(
        (await api.call('GET', `/users?search=${encodeURIComponent(search)}`)).body,
      );
      expect({ names: list.names, total: list.total }).toEqual({ names: expected, total: expected.length });
    });

    test('a deleted user is gone, and from their groups', async () => {
      const id = await made(api, '/users', { username: 'brief' });
      const group = await made(api, '/groups', { name: 'Brief' });
      await api.call('POST', `/groups/${group}/members`, { add: [id] });
      expect((await api.call('DELETE', `/users/${id}`)).status).toBe(204);
      expect((await api.call('GET', `/users/${id}`)).status).toBe(404);
      expect((await api.call('GET', `/groups/${group}`)).body).toMatchObject({ memberCount: 0 });
    });
  });

  describe('groups and members', () => {
    test('a group is named once, renamed, listed and deleted', async () => {
      const id = await made(api, '/groups', { name: 'Design', description: 'Two\r\n\tlines' });
      const refused = await api.call('POST', '/groups', { name: 'design' });
      expect(refused.status).toBe(409);
      expect(detailOf(refused)).toContain('belongs to the group "Design" already');
      expect(refused.body).toMatchObject({ errors: [{ path: 'name', message: detailOf(refused) }] });
      expect((await patch(`/groups/${id}`, { name: 'DESIGN' })).body).toMatchObject({
        name: 'DESIGN',
        description: 'Two\r\n\tlines',
      });
      expect((await patch(`/groups/${id}`, { description: null })).body).toMatchObject({ description: null });
      expect((await api.call('GET', '/groups?search=desi')).body).toMatchObject({
        total: 1,
        items: [{ id }],
      });
      expect((await api.call('DELETE', `/groups/${id}`)).status).toBe(204);
      expect((await api.call('GET', `/groups/${id}/members`)).status).toBe(404);
    });

    test('members join and leave once, and can be listed from both sides', async () => {
      const [ann, bea] = [
        await made(api, '/users', { username: 'ann' }),
        await made(api, '/users', { username: 'bea' }),
      ];
      const id = await made(api, '/groups', { name: 'Both' });
      const change = (body: unknown) => api.call('POST', `/groups/${id}/members`, body);
      expect((await change({ add: [ann, bea, ann.toUpperCase()] })).body).toEqual({ added: 2, removed: 0 });
      expect((await change({ add: [ann], remove: [bea] })).body).toEqual({ added: 0, removed: 1 });
      expect((await change({ remove: [bea] })).body).toEqual({ added: 0, removed: 0 });
      expect(usernames.parse((await api.call('GET', `/groups/${id}/members`)).body).names).toEqual(['ann']);
      expect((await api.call('GET', `/users/${ann}/groups`)).body).toMatchObject({
        items: [{ id, memberCount: 1 }],
      });
    });

    test('the members of a group are searched, and of a hundred at most who do not exist it is told where they stand', async () => {
      const [cem, dua] = [
        await made(api, '/users', { username: 'cem' }),
        await made(api, '/users', { username: 'dua' }),
      ];
      const id = await made(api, '/groups', { name: 'Searched' });
      await api.call('POST', `/groups/${id}/members`, { add: [cem, dua] });
      const found = await api.call('GET', `/groups/${id}/members?search=%20CE`);
      expect(found.body).toMatchObject({ total: 1, items: [{ id: cem }] });
      const add = [cem, ...Array.from({ length: 101 }, randomUUID)];
      const { body, status } = await api.call('POST', `/groups/${id}/members`, { add, remove: [dua] });
      expect({ status, body }).toMatchObject({
        status: 400,
        body: {
          detail: expect.stringMatching(
            /^101 of the users to add do not exist; the first: add\[1\] /,
          ) as string,
          errors: { length: 100 },
        },
      });
      expect((await api.call('GET', `/groups/${id}`)).body).toMatchObject({ memberCount: 2 });
    });

    test('the ETag of a group is another one after a change of its name or of its members', async () => {
      const ann = await made(api, '/users', { username: 'ann-tag' });
      const id = await made(api, '/groups', { name: 'Tagged' });
      const tagOf = async () => String((await api.call('GET', `/groups/${id}`)).headers.etag);
      const first = await tagOf();
      await api.call('POST', `/groups/${id}/members`, { add: [ann] });
      const second = await tagOf();
      expect(second).not.toBe(first);
      expect((await patch(`/groups/${id}`, { name: 'Tagged late' }, first)).status).toBe(412);
      const renamed = await patch(`/groups/${id}`, { name: 'Tagged now' }, second);
      expect(renamed.status).toBe(200);
      expect([first, second]).not.toContain(await tagOf());
      expect(renamed.headers.etag).toBe(await tagOf());
    });

    test('members are changed only in the group that If-Match names', async () => {
      const ann = await made(api, '/users', { username: 'ann-match' });
      const bea = await made(api, '/users', { username: 'bea-match' });
      const id = await made(api, '/groups', { name: 'Matched' });
      const seen = { headers: { 'if-match': String((await api.call('GET', `/groups/${id}`)).headers.etag) } };
      const listed = await api.call('GET', `/groups/${id}/members`);
      expect({ 'if-match': listed.headers.etag }).toEqual(seen.headers);
      const change = (body: unknown) => api.call('POST', `/groups/${id}/members`, body, seen);
      const changed = await change({ add: [ann] });
      expect(changed.body).toEqual({ added: 1, removed: 0 });
      expect(changed.headers.etag).toBe((await api.call('GET', `/groups/${id}`)).headers.etag);
      expect(await change({ add: [bea], remove: [ann] })).toMatchObject({ status: 412 });
      expect(usernames.parse((await api.call('GET', `/groups/${id}/members`)).body).names).toEqual([
        'ann-match',
      ]);
    });

    test('a group in which somebody took the place of somebody else is not the one that was seen', async () => {
      const ann = await made(api, '/users', { username: 'ann-swap' });
      const bea = await made(api, '/users', { username: 'bea-swap' });
      const id = await made(api, '/groups', { name: 'Swapped' });
      const change = (body: unknown, headers = {}) =>
        api.call('POST', `/groups/${id}/members`, body, { headers });
      await change({ add: [ann] });
      const seen = { 'if-match': String((await api.call('GET', `/groups/${id}`)).headers.etag) };
      await change({ add: [bea], remove: [ann] });
      expect(await change({ remove: [bea] }, seen)).toMatchObject({ status: 412 });
      expect(await patch(`/groups/${id}`, { name: 'Other' }, seen['if-match'])).toMatchObject({
        status: 412,
      });
      expect(await api.call('DELETE', `/groups/${id}`, undefined, { headers: seen })).toMatchObject({
        status: 412,
      });
      await change({ add: [ann], remove: [bea] });
      expect(await change({ remove: [ann] }, seen)).toMatchObject({ status: 200 });
    });

    test('a member who does not exist is named, and nobody joins', async () => {
      const ann = await made(api, '/users', { username: 'ann-2' });
      const id = await made(api, '/groups', { name: 'Strict' });
      const nobody = '01890a5d-ac96-774b-bcce-b302099a8057';
      const refused = await api.call('POST', `/groups/${id}/members`, { add: [ann, nobody] });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'add[1]' }] } });
      expect(detailOf(refused)).toBe(`add[1] is the id of no user: ${nobody}. No member was changed.`);
      const more = await api.call('POST', `/groups/${id}/members`, { add: [nobody, ann, randomUUID()] });
      expect(detailOf(more)).toBe(
        `2 of the users to add do not exist; the first: add[0] is the id of no user: ${nobody}. No member was changed.`,
      );
      const twice = await api.call('POST', `/groups/${id}/members`, { add: [ann], remove: [ann] });
      expect(twice).toMatchObject({ status: 400, body: { errors: [{ path: 'remove[0]' }] } });
      const bad = await api.call('POST', `/groups/${id}/members`, { add: [ann, 'ann'] });
      expect(bad).toMatchObject({ status: 400, body: { errors: [{ path: 'add[1]' }] } });
      expect((await api.call('GET', `/groups/${id}`)).body).toMatchObject({ memberCount: 0 });
    });
  });

  describe('R41: what a change touches is marked with it', async () => {
    const application = await made(api, '/applications', { connector: 'scim2', label: 'Marks' });
    const group = await made(api, '/groups', { name: 'Marked' });
    const user = await made(api, '/users', { username: 'marked' });
    await api.call('POST', `/applications/${application}/groups`, { add: [group] });
    const members = (body: unknown) => api.call('POST', `/groups/${group}/members`, body);

    test('nothing while the connection is inactive', async () => {
      await members({ add: [user] });
      await members({ remove: [user] });
      expect(await takeMarks(api, application)).toEqual([]);
      await live(api, application);
    });

    test.each<[string, () => Promise<unknown>, string[]]>([
      ['a member joins', () => members({ add: [user] }), [`group ${group}`, `user ${user}`]],
      ['a member who is in already', () => members({ add: [user] }), []],
      [
        'an attribute',
        () => patch(`/users/${user}`, { lastname: 'New' }),
        [`group ${group}`, `user ${user}`],
      ],
      ['an attribute that is so already', () => patch(`/users/${user}`, { lastname: 'New' }), []],
      [
        'a suspension, which goes first',
        () => patch(`/users/${user}`, { state: 'suspended' }),
        [`user ${user}!`],
      ],
      [
        'an activation',
        () => patch(`/users/${user}`, { state: 'active' }),
        [`group ${group}`, `user ${user}`],
      ],
      ['a group renamed', () => patch(`/groups/${group}`, { name: 'Marked 2' }), [`group ${group}`]],
      ['a description, which is sent nowhere', () => patch(`/groups/${group}`, { description: 'x' }), []],
      ['a member leaves', () => members({ remove: [user] }), [`group ${group}`, `user ${user}!`]],
      ['a user of no bound group', () => patch(`/users/${user}`, { lastname: 'Newer' }), []],
      ['one joins who is to leave', () => members({ add: [user] }), [`group ${group}`, `user ${user}`]],
      ['a user deleted', () => api.call('DELETE', `/users/${user}`), [`user ${user}!`]],
      ['a group deleted', () => api.call('DELETE', `/groups/${group}`), [`group ${group}`]],
    ])('%s', async (_what, change, expected) => {
      await change();
      expect(await takeMarks(api, application)).toEqual(expected);
    });

    // The embedded database has one connection: it cannot show two transactions at once.
    const testTwoAtOnce = (name: string, run: () => Promise<void>): void => {
      if (kind === 'postgres') test(name, run);
    };

    testTwoAtOnce('a binding waits for the memberships that it could not see', async () => {
      const late = await made(api, '/users', { username: 'late' });
      const open = await made(api, '/groups', { name: 'Open' });
      const joining = await api.database.db.startTransaction().execute();
      await lockDirectoryShared(joining);
      await sql`INSERT INTO group_members (group_id, user_id) VALUES (${open}, ${late})`.execute(joining);
      const bound = api.call('POST', `/applications/${application}/groups`, { add: [open] });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await joining.commit().execute();
      expect((await bound).status).toBe(200);
      expect(await takeMarks(api, application)).toEqual([`group ${open}`, `user ${late}`]);
    });

    testTwoAtOnce('a suspension waits for a membership that it could not see', async () => {
      const id = await made(api, '/users', { username: 'soon' });
      const open = await made(api, '/groups', { name: 'Open 2' });
      await api.call('POST', `/applications/${application}/groups`, { add: [open] });
      await takeMarks(api, application);
      const joining = await api.database.db.startTransaction().execute();
      await sql`INSERT INTO group_members (group_id, user_id) VALUES (${open}, ${id})`.execute(joining);
      const suspended = patch(`/users/${id}`, { state: 'suspended' });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await joining.commit().execute();
      expect((await suspended).status).toBe(200);
      expect(await takeMarks(api, application)).toEqual([`user ${id}!`]);
    });
  });

  test('a hundred thousand members join in one call, and the list of everybody stays paged', async () => {
    await sql`
      INSERT INTO users (id, username, state)
      SELECT gen_random_uuid(), 'crowd-' || n, 'active' FROM generate_series(1, 100000) AS n`.execute(
      api.database.db,
    );
    const crowd = await api.database.db
      .selectFrom('users')
      .select('id')
      .where('username', 'like', 'crowd-%')
      .execute();
    const id = await made(api, '/groups', { name: 'Everybody' });
    const add = crowd.map((row) => row.id);
    expect((await api.call('POST', `/groups/${id}/members`, { add })).body).toEqual({
      added: 100_000,
      removed: 0,
    });
    const page = usernames.parse((await api.call('GET', `/groups/${id}/members?limit=3`)).body);
    expect({ names: page.names, total: page.total }).toEqual({
      names: ['crowd-1', 'crowd-10', 'crowd-100'],
      total: 100_000,
    });
  }, 120_000);
});
