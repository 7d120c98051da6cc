import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { detailOf, made, startApi, type Answer } from '../support/api.ts';
import { databaseKinds } from '../support/database.ts';

const result = z.object({
  summary: z.record(z.string(), z.number()),
  results: z.array(
    z.looseObject({
      row: z.number(),
      username: z.string().nullable(),
      outcome: z.string(),
      line: z.number().optional(),
    }),
  ),
});
const refusal = z.object({
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

/** `ada created` for each row. */
const outcomesOf = (answer: Answer): string[] =>
  result.parse(answer.body).results.map((row) => `${row.username ?? '?'} ${row.outcome}`);

describe.each(databaseKinds)('many users at once, on the %s database', async (kind) => {
  const api = await startApi(kind);
  const bulk = (users: unknown, query = '') => api.call('POST', `/users/bulk${query}`, { users });
  const csv = (raw: string | Buffer, query = '') =>
    api.call('POST', `/users/bulk${query}`, undefined, { raw, headers: { 'content-type': 'text/csv' } });
  const count = async (search = ''): Promise<number> =>
    z.looseObject({ total: z.number() }).parse((await api.call('GET', `/users?search=${search}`)).body).total;

  const crew = await made(api, '/groups', { name: 'Crew' });
  const ship = await made(api, '/groups', { name: 'Ship' });
  const members = async (id: string): Promise<string[]> => {
    const { body } = await api.call('GET', `/groups/${id}/members`);
    const list = z.looseObject({ items: z.array(z.looseObject({ username: z.string() })) }).parse(body);
    return list.items.map((item) => item.username);
  };

  test('CSV as spreadsheets write it: rows with nothing in them, wherever they are', async () => {
    const answer = await csv(
      'username;email;groups\r\n;;\r\nblank-1;;\r\n ; ;\r\n;;;;\r\nblank-2;;\r\n;;\r\n',
    );
    expect(outcomesOf(answer)).toEqual(['blank-1 created', 'blank-2 created']);
    expect(answer.body).toMatchObject({ results: [{ line: 3 }, { line: 6 }] });
    expect(refusal.parse((await csv('username;email\r\n;nobody@example.com\r\n')).body).errors).toMatchObject(
      [{ path: 'users[0].username' }],
    );
  });

  test('JSON: a result for each row, and everybody is there with their groups', async () => {
    const answer = await bulk([
      { username: 'json-1', email: 'j1@example.com', groups: ['crew', 'Ship'] },
      { username: 'json-2', state: 'staged' },
    ]);
    expect(answer.body).toMatchObject({ dryRun: false, summary: { created: 2, failed: 0 } });
    expect(outcomesOf(answer)).toEqual(['json-1 created', 'json-2 created']);
    expect([await members(crew), await members(ship)]).toEqual([['json-1'], ['json-1']]);
  });

  test('CSV as spreadsheets write it: a byte order mark, semicolons, quotes, empty lines and cells', async () => {
    const answer = await csv(
      '\ufeffUsername;FirstName;Groups;attributes.Cost Center\r\n'.replace('Cost Center', 'costCenter') +
        'csv-1;"O""Hara; Mia";"Crew;Ship";4711\r\n\r\ncsv-2;;;\r\n',
    );
    expect(answer.body).toMatchObject({ results: [{ line: 2 }, { line: 4 }] });
    const { body } = await api.call('GET', '/users?search=csv-1');
    expect(body).toMatchObject({ items: [{ firstname: 'O"Hara; Mia', attributes: { costCenter: '4711' } }] });
    expect(await members(ship)).toContain('csv-1');
  });

  test('all or nothing: one bad row, and nobody is written', async () => {
    const answer = await bulk([
      { username: 'all-1', groups: ['Crew'] },
      { username: 'all-2', email: 'no' },
      { username: 'ALL-1' },
    ]);
    expect(answer.status).toBe(400);
    expect(refusal.parse(answer.body).errors.map((error) => error.path)).toEqual([
      'users[1].email',
      'users[2].username',
    ]);
    expect(detailOf(answer)).toContain('2 of 3 rows cannot be used, so nothing was written');
    expect([await count('all-'), (await members(crew)).includes('all-1')]).toEqual([0, false]);
  });

  test('a refusal has a result for each row: what is wrong with the bad ones, and which were sound', async () => {
    const refused = await bulk([{ username: 'fate-1' }, { username: 'fate-2', email: 'no' }]);
    expect(refused.status).toBe(400);
    expect(z.looseObject({ results: z.unknown() }).parse(refused.body).results).toEqual([
      { row: 1, username: 'fate-1', outcome: 'notWritten', id: null },
      {
        row: 2,
        username: 'fate-2',
        outcome: 'failed',
        id: null,
        errors: [{ path: 'users[1].email', message: expect.stringMatching(/email address/) as string }],
      },
    ]);
    expect(await count('fate-')).toBe(0);
  });

  test('a row is told all of its faults at once', async () => {
    await made(api, '/users', { username: 'all-known' });
    const rows = 'fault,active,Crew\nfault,gone,Nope;Crew;Neither\nALL-known,gone,\n';
    const answer = await csv(`username,state,groups\n${rows}`, '?partial=true');
    const failed = z
      .object({ results: z.array(z.object({ errors: refusal.shape.errors })) })
      .parse(answer.body)
      .results.flatMap((row) => row.errors.map(({ path, message }) => `${path} ${message}`));
    const words = [
      /^users\[1\]\.state must be one of/,
      /^users\[1\]\.username is the same as that of line 2\.$/,
      /^users\[1\]\.groups\[0\] "Nope" is the name of no group\./,
      /^users\[1\]\.groups\[2\] "Neither" is the name of no group\./,
      /^users\[2\]\.state must be one of/,
      /^users\[2\]\.username is taken/,
    ];
    expect(failed).toEqual(words.map((wanted) => expect.stringMatching(wanted) as string));
  });

  test('a row that cannot be used takes no username from a later one, and its own is shown as far as one may go', async () => {
    const rows = [{ username: 'later', email: 'no' }, { username: 'LATER' }, { username: 'x'.repeat(300) }];
    const answer = await bulk(rows, '?partial=true');
    expect(outcomesOf(answer)).toEqual(['later failed', 'LATER created', `${'x'.repeat(255)} failed`]);
  });

  test('only where nothing but taken usernames is in the way, that is a conflict', async () => {
    await made(api, '/users', { username: 'conflict' });
    expect((await bulk([{ username: 'conflict' }])).status).toBe(409);
    expect((await bulk([{ username: 'conflict', groups: ['Nope'] }])).status).toBe(400);
    expect((await bulk([{ username: 'conflict' }, { username: 'sound', email: 'no' }])).status).toBe(400);
  });

  test('R49: a thousand errors are told, and a row names a thousand groups', async () => {
    const refused = await bulk(
      Array.from({ length: 1001 }, (_, at) => ({ username: `e${at}`, email: 'no' })),
    );
    expect(refusal.parse(refused.body).errors).toHaveLength(1000);
    const groups = Array.from({ length: 1001 }, () => 'Crew');
    const many = refusal.parse((await bulk([{ username: 'joins-often', groups }])).body);
    expect(many.errors).toEqual([{ path: 'users[0].groups', message: 'must have at most 1000 entries.' }]);
    expect(outcomesOf(await bulk([{ username: 'joins-often', groups: groups.slice(1) }]))).toEqual([
      'joins-often created',
    ]);
  });

  test('R49: an email address has at most 254 characters', async () => {
    const address = (length: number) => `${'a'.repeat(60)}@${'b.'.repeat(90)}co`.padStart(length, 'c');
    const email = (length: number) => ({ username: `long-${length}`, email: address(length) });
    const answer = await bulk([email(254), email(255)], '?partial=true');
    expect(answer.body).toMatchObject({
      results: [
        { outcome: 'created' },
        { errors: [{ path: 'users[1].email', message: 'must have at most 254 characters.' }] },
      ],
    });
  });

  test('a row of a CSV with another number of cells fails, and the others are taken', async () => {
    const answer = await csv('username,lastname\nrag-1,A\nrag-2\nrag-3,B,C\nrag-4,D\n', '?partial=true');
    expect(outcomesOf(answer)).toEqual(['rag-1 created', '? failed', '? failed', 'rag-4 created']);
    expect(answer.body).toMatchObject({ results: [{}, { line: 3 }, { line: 4 }, { line: 5 }] });
  });

  test('?partial=true takes the others, and says which row failed and why', async () => {
    const answer = await bulk(
      [{ username: 'part-1' }, { username: '' }, 7, { username: 'part-2', groups: ['Nowhere'] }],
      '?partial=true',
    );
    expect(outcomesOf(answer)).toEqual(['part-1 created', ' failed', '? failed', 'part-2 failed']);
    expect(answer.body).toMatchObject({
      results: [{}, {}, {}, { errors: [{ path: 'users[3].groups[0]' }] }],
    });
    expect(await count('part-')).toBe(1);
  });

  test('?dryRun=true says what would happen, and nothing does', async () => {
    await made(api, '/users', { username: 'dry-old', lastname: 'Old' });
    const rows = [
      { username: 'dry-new', groups: ['Crew'] },
      { username: 'DRY-old', lastname: 'New' },
      { username: 'x', email: 'x' },
    ];
    const answer = await bulk(rows, '?dryRun=true&existing=update');
    expect(outcomesOf(answer)).toEqual(['dry-new created', 'DRY-old updated', 'x failed']);
    expect(answer.body).toMatchObject({ dryRun: true, results: [{ id: null }, {}, {}] });
    expect((await api.call('GET', '/users?search=dry-')).body).toMatchObject({
      total: 1,
      items: [{ lastname: 'Old' }],
    });
    expect(await members(crew)).not.toContain('dry-new');
  });

  test('who exists is refused, skipped or updated, as asked; an empty cell takes nothing away', async () => {
    const id = await made(api, '/users', { username: 'here', email: 'here@example.com', lastname: 'Was' });
    const refused = await csv('username,lastname\nHERE,Is\n');
    expect(refused.status).toBe(409);
    expect(detailOf(refused)).toContain('belongs to Was (here) already');
    expect(outcomesOf(await csv('username,lastname\nhere,Is\n', '?existing=skip'))).toEqual(['here skipped']);
    expect(outcomesOf(await csv('username,lastname,email\nhere,Is,\n', '?existing=update'))).toEqual([
      'here updated',
    ]);
    expect(outcomesOf(await csv('username,lastname,email\nhere,Is,\n', '?existing=update'))).toEqual([
      'here unchanged',
    ]);
    expect((await api.call('GET', `/users/${id}`)).body).toMatchObject({
      lastname: 'Is',
      email: 'here@example.com',
    });
  });

  test('who is skipped joins no group; who is updated is another one for whoever read them before', async () => {
    const id = await made(api, '/users', { username: 'stays-out' });
    await bulk([{ username: 'stays-out', groups: ['Ship'] }], '?existing=skip');
    expect(await members(ship)).not.toContain('stays-out');
    const { etag } = (await api.call('GET', `/users/${id}`)).headers;
    await bulk([{ username: 'stays-out', lastname: 'Now' }], '?existing=update');
    const headers = { 'if-match': String(etag) };
    expect(await api.call('PATCH', `/users/${id}`, { lastname: 'Late' }, { headers })).toMatchObject({
      status: 412,
    });
  });

  test('an import that changes nothing is no act', async () => {
    const acts = async () => (await api.call('GET', '/audit?action=users.imported&limit=1')).body;
    const row = { username: 'nothing-new' };
    await bulk([row]);
    const before = await acts();
    await bulk([row], '?existing=update');
    await bulk([row], '?existing=skip');
    expect(await acts()).toEqual(before);
  });

  test('R17: who is there already keeps a username that an earlier row gives as email address', async () => {
    await made(api, '/users', { username: 'kept@example.com' });
    const rows = [
      { username: 'giver', email: 'kept@example.com' },
      { username: 'kept@example.com', lastname: 'Kept' },
    ];
    expect(outcomesOf(await bulk(rows, '?existing=update'))).toEqual([
      'giver created',
      'kept@example.com updated',
    ]);
  });

  test('R17: a new row whose username is somebody’s email address is refused, naming them', async () => {
    await made(api, '/users', { username: 'addressee', email: 'Known@example.com' });
    const answer = await bulk([{ username: 'known@example.com' }, { username: 'unknown@example.com' }]);
    expect(answer.status).toBe(400);
    const [error, ...more] = refusal.parse(answer.body).errors;
    expect(more).toEqual([]);
    expect(error?.path).toBe('users[0].username');
    expect(error?.message).toMatch(
      /^won't do\. The username "known@example\.com" is the email address of the user "addressee", and people/,
    );
  });

  test('R17: a new row whose username is the email address of an earlier row is refused, naming that', async () => {
    const rows = [
      { username: 'within', email: 'Within@example.com' },
      { username: 'own@example.com', email: 'own@example.com' },
      { username: 'within@example.com' },
    ];
    const answer = await bulk(rows);
    expect(answer.status).toBe(400);
    const [error, ...more] = refusal.parse(answer.body).errors;
    expect(more).toEqual([]);
    expect(error?.path).toBe('users[2].username');
    expect(error?.message).toMatch(
      /^won't do\. The username "within@example\.com" is the email address of the user "within", and people/,
    );
    expect(outcomesOf(await bulk(rows, '?partial=true'))).toEqual([
      'within created',
      'own@example.com created',
      'within@example.com failed',
    ]);
  });

  test('R17: an address that an import does not give anybody keeps nobody out', async () => {
    await made(api, '/users', { username: 'skipped' });
    const rows = [
      { username: 'skipped', email: 'free@example.com' },
      { username: 'free@example.com' },
      { username: 'after', email: 'free@example.com' },
    ];
    expect(outcomesOf(await bulk(rows, '?existing=skip'))).toEqual([
      'skipped skipped',
      'free@example.com created',
      'after created',
    ]);
  });

  test('R45: those who leave by an import are marked to go first', async () => {
    const application = await made(api, '/applications', { connector: 'scim2', label: 'Import' });
    await api.call('POST', `/applications/${application}/groups`, { add: [crew] });
    await bulk([
      { username: 'leaver', groups: ['Crew'] },
      { username: 'stayer', groups: ['Crew'] },
    ]);
    const { db } = api.database;
    await db.updateTable('applications').set({ idm_state: 'active' }).where('id', '=', application).execute();
    const rows = [
      { username: 'leaver', state: 'suspended' },
      { username: 'stayer', lastname: 'Stays' },
      { username: 'joiner', groups: ['Crew'] },
    ];
    await bulk(rows, '?existing=update');
    const marks = await db
      .selectFrom('pending')
      .innerJoin('users', 'users.id', 'pending.subject_id')
      .select(['users.username', 'pending.priority'])
      .orderBy('users.username')
      .execute();
    expect(marks.map((mark) => `${mark.username} ${mark.priority}`)).toEqual([
      'joiner 1',
      'leaver 0',
      'stayer 1',
    ]);
  });

  describe('R49: a CSV that cannot be used is refused whole, with its reason', () => {
    test.each<[string, string | Buffer, RegExp]>([
      ['nothing in it', '', /empty/],
      ['only a header', 'username,email\n', /no rows/],
      ['no username column', 'email\na@example.com\n', /no column "username"/],
      ['a column that is not known', 'username,shoe size\nbad,42\n', /"shoe size"/],
      [
        'a column whose name has no end',
        `username,${'a'.repeat(201)}\nbad,42\n`,
        /"a{60}…", which is 201 characters/,
      ],
      [
        'an attribute whose name has no end',
        `username,attributes.${'a'.repeat(201)}\nbad,42\n`,
        /212 characters/,
      ],
      [
        'a header that has no end',
        '\ufeff\n' + 'a'.repeat(1_000_000),
        /header is longer than 30450 characters: "a{60}…"/,
      ],
      ['columns without end', 'username,' + 'a,'.repeat(100_000), /header is longer than/],
      [
        'more columns than there can be',
        `username,${Array.from({ length: 150 }, (_, at) => `attributes.a${at}`).join(',')}\nbad\n`,
        /has more than 150 columns/,
      ],
      ['a column twice', 'username,email,EMAIL\nbad,a@b.co,c@d.co\n', /"email" twice/],
      [
        'too few cells',
        'username,email\nbad\n',
        /users\[0\] has another number of cells .* 1, not 2.*line 2/,
      ],
      [
        'too many cells',
        'username,email\nok,o@example.com\nbad,a@b.co,x\n',
        /users\[1\] has another number of cells .* 3, not 2.*line 3/,
      ],
      ['a quote that never ends', 'username,email\n"un,ended\nx,y\n', /Line 2 .*quote that is never closed/],
      [
        'a quote that never ends, after others',
        'username,email\r\n"a\r\n""b""",a@b.co\r\nbad,"x""\r\n\r\n',
        /Line 4 .*quote that is never closed/,
      ],
      ['a quote in the middle', 'username,email\nb"ad,a@b.co\n', /Line 2 .* quote in the wrong place/],
      ['text after a quote', 'username,email\n"b"ad,a@b.co\n', /Line 2 .* quote in the wrong place/],
      [
        'an email that is none',
        'username,email\nok,o@example.com\nbad,nowhere\n',
        /users\[1\]\.email must be an email address .* \(line 3\)/,
      ],
      ['a state that is none', 'username,state\nbad,ACTIVE\n', /must be one of staged, active, suspended/],
      [
        'a group that is not there',
        'username,groups\nbad,Crew;Nope\n',
        /groups\[1\] "Nope" is the name of no group\./,
      ],
      ['an attribute without a name', 'username,attributes.\nbad,x\n', /"attributes\."/],
      ...['__proto__', 'constructor', 'Prototype'].map((name): [string, string, RegExp] => [
        `an attribute called ${name}`,
        `username,attributes.${name}\nbad,x\n`,
        new RegExp(`names a column "attributes\\.${name}", which cannot be the name of an attribute`),
      ]),
      ['another encoding', Buffer.from('username,lastname\nbad,M\xfcller\n', 'latin1'), /not UTF-8/],
      ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), /not UTF-8/],
      ['an HTML page', '<!doctype html>\n<html></html>\n', /not known/],
      ['a NUL', 'username,lastname\nbad,a\u0000b\n', /control characters/],
      [
        'what XML cannot hold',
        'username,attributes.title\nbad,a\ufffeb\n',
        /users\[0\]\.attributes\.title must not hold U\+FFFE or U\+FFFF: they are no characters\. \(line 2\)/,
      ],
    ])('%s', async (_what, raw, words) => {
      const before = await count();
      const answer = await csv(raw);
      expect({ status: answer.status, detail: detailOf(answer) }).toEqual({
        status: 400,
        detail: expect.stringMatching(words) as string,
      });
      expect(await count()).toBe(before);
    });

    test.each<[string, unknown, RegExp]>([
      ['no users', {}, /users is missing/],
      ['users that are no list', { users: { username: 'bad' } }, /users must be a list/],
      ['an empty list', { users: [] }, /at least 1 entries|at least 1 entry/],
      ['more than is taken', { users: Array.from({ length: 100_001 }, () => 0) }, /at most 100000 entries/],
      ['an unknown field beside', { users: [{ username: 'bad' }], mode: 'x' }, /^mode is not a field/],
    ])('JSON: %s', async (_what, body, words) => {
      const before = await count();
      const answer = await api.call('POST', '/users/bulk', body);
      expect(answer.status).toBe(400);
      expect(detailOf(answer)).toMatch(words);
      expect(await count()).toBe(before);
    });

    test('a body over 64 MB', async () => {
      const answer = await csv(Buffer.alloc(64 * 1024 * 1024 + 1, 'a'));
      expect(answer.status).toBe(413);
    });
  });

  test('twenty thousand in one call', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `many-${at},many-${at}@example.com,Crew`);
    const answer = await csv(`username,email,groups\n${rows.join('\n')}\n`);
    expect(result.parse(answer.body).summary).toMatchObject({ created: 20_000 });
    expect(await count('many-')).toBe(20_000);
  });
});
