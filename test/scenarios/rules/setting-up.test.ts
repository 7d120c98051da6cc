import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import { sql } from 'kysely';
import pino from 'pino';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { getApplication } from '../../../src/store/applications.ts';
import { deactivateConnection } from '../../../src/store/deactivate.ts';
import { detailOf, made, type Answer } from '../../support/api.ts';
import { bodyOf, routes, writes, type Company } from '../../support/company.ts';
import { databaseKinds } from '../../support/database.ts';
import { anyText, listWith, textLike } from '../../support/matchers.ts';
import { until } from '../../support/scene.ts';
import { SSO_ENABLED } from '../../support/sso.ts';
import { stage } from '../../support/stage.ts';
import {
  closedAddress,
  startBetween,
  startTarget,
  startUntrustedTarget,
  type Answered,
} from '../../support/target.ts';

const messageSchema = z.looseObject({ state: z.string(), message: z.string() });
const idsSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });
const itemsSchema = z.looseObject({
  items: z.array(z.looseObject({ id: z.string().optional(), key: z.string().optional() })),
});
const pathsSchema = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

const page: RequestListener = (_, response) => {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in</title>');
};

const status =
  (code: number): RequestListener =>
  (_, response) => {
    response.writeHead(code).end();
  };

const halfJson: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/scim+json').end('{"schemas":["urn:ietf:par');
};

const expired: RequestListener = (_, response) => {
  response.writeHead(401).end('{"detail":"It expired on Monday"}');
};

const brokenOff: RequestListener = (_, response) => {
  response.destroy();
};

/** A service provider that lets nobody in and repeats what it was asked with. */
const echo: RequestListener = (request, response) => {
  const { method, url = '', headers } = request;
  const lists = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 0,
    Resources: [],
  };
  const sent = headers.authorization ?? 'nothing';
  const refusal = {
    status: '400',
    detail: `You sent ${sent}, and ${sent.split(' ').at(-1) ?? ''} may not do this`,
  };
  const isFine = method === 'GET';
  response.statusCode = url.includes('Config') ? 404 : isFine ? 200 : 400;
  response.setHeader('content-type', 'application/scim+json').end(JSON.stringify(isFine ? lists : refusal));
};

/** A service provider that lets nobody in, and quotes the token. */
const quote: RequestListener = ({ headers }, response) => {
  const token = headers.authorization?.split(' ').at(-1) ?? '';
  response.writeHead(401).end(JSON.stringify({ detail: `The token ${token} is not known here` }));
};

describe.each(databaseKinds)('setting up, on the %s database', async (kind) => {
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const { company: begins, rollcall, segment, endsWith } = await stage(kind, log);
  const { api } = rollcall;

  test('R1: an application is added from the catalog, and opened from the list of those configured', async () => {
    const company = await begins({ active: false });
    const catalog = await api('GET', '/connectors');
    expect(catalog.body).toMatchObject({
      items: listWith(expect.objectContaining({ key: 'segment', name: 'Segment' })),
    });
    const second = await made({ call: api }, '/applications', { connector: 'segment', label: 'Segment EU' });
    const listed = idsSchema.parse((await api('GET', '/applications')).body).items.map(({ id }) => id);
    expect(listed.sort()).toEqual([company.applicationId, second].sort());
    expect((await api('GET', `/applications/${second}`)).body).toMatchObject({
      label: 'Segment EU',
      connector: 'segment',
      identityManagement: { state: 'inactive' },
    });
    expect((await api('GET', `/applications/${second}/identity-management`)).body).toMatchObject({
      tokenSet: false,
      tokenHelp: textLike(/Generate SSO Token/),
      baseUrl: 'https://scim.segmentapis.com/scim/v2',
    });
    expect((await api('POST', '/applications', { connector: 'unheard-of' })).status).toBe(400);
  });

  describe('R2: what needs single sign-on is provisioned with it', () => {
    it('R2: is refused without it, with the reason, and nothing is changed', async () => {
      const company = await begins({ active: false, sso: false });
      const before = await segment.now();
      const refused = await company.tries('POST', '/identity-management/activate');
      expect(refused.status).toBe(409);
      expect(detailOf(refused)).toMatch(/can be provisioned only while SAML 2\.0 single sign-on is enabled/);
      expect(await company.status()).toMatchObject({ state: 'inactive' });
      expect(await segment.asked(before)).toEqual([]);
    });

    it('R2: is allowed once it is enabled, and keeps it on', async () => {
      const company = await begins({ active: false, sso: false });
      await company.ask('PUT', '/sso', SSO_ENABLED);
      await company.activates();
      const refused = await company.tries('PUT', '/sso', { enabled: false });
      expect(refused.status).toBe(409);
      expect(detailOf(refused)).toContain('needs single sign-on');
      expect(await company.ask('GET', '/sso')).toMatchObject({ enabled: true });
    });

    it('R2: nor can it be turned off while the connection is paused', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: [] } });
      await segment.behaves({ unauthorized: true });
      await company.adds('Staff', 'ada');
      await until('it is paused', async () => (await company.status()).state === 'paused');
      const refused = await company.tries('PUT', '/sso', { enabled: false });
      expect(refused.status).toBe(409);
      expect(detailOf(refused)).toContain('is paused, and needs single sign-on');
      await segment.behaves({ unauthorized: false });
      await company.resumes();
      expect(await company.ask('GET', '/sso')).toMatchObject({ enabled: true });
    });

    it('R2: asks for what the connector needs to know, by name', async () => {
      const company = await begins({ active: false, sso: false });
      const refused = await company.tries('PUT', '/sso', { enabled: true });
      expect(refused.body).toMatchObject({ status: 400, errors: [{ path: 'answers.customerId' }] });
    });
  });

  describe('R3: configure, paste the token, activate', () => {
    it('R3: asks the target with that token, and confirms in words', async () => {
      const company = await begins({ active: false });
      const before = await segment.now();
      const answer = messageSchema.parse(await company.ask('POST', '/identity-management/activate'));
      expect(answer).toMatchObject({ state: 'active', message: textLike(/The connection is active\.$/) });
      const asked = await segment.asked(before);
      expect(routes(asked)).toEqual(
        expect.arrayContaining(['GET /ServiceProviderConfig', 'GET /Users', 'GET /Groups']),
      );
      expect(asked.every(({ status }) => status === 200)).toBe(true);
    });

    it('R3: does not ask for groups where groups are not managed', async () => {
      const company = await begins({ active: false, connection: { groupManagement: false } });
      const before = await segment.now();
      await company.activates();
      expect(routes(await segment.asked(before))).not.toContain('GET /Groups');
    });

    it('R3: passes where the target has no service provider configuration', async () => {
      const company = await begins({ active: false, segment: { serviceProviderConfig: 'absent' } });
      await company.activates();
      expect(await company.status()).toMatchObject({ state: 'active' });
    });

    it('R3: does not pass where that configuration is there and cannot be read', async () => {
      const company = await begins({ active: false });
      const baseUrl = await startBetween(segment.baseUrl, ({ path }, pass) =>
        path.includes('Config') ? { status: 503, body: '' } : pass(),
      );
      await company.configures({ baseUrl, token: await segment.newToken() });
      const refused = await company.tries('POST', '/identity-management/activate');
      expect({ status: refused.status, detail: detailOf(refused) }).toEqual({
        status: 409,
        detail: textLike(/fault or is down/),
      });
      expect(await company.status()).toMatchObject({ state: 'inactive' });
    });

    it('R3: each thing that can be wrong has its own message, which says what to do; the connection stays inactive', async () => {
      const wrong = [
        { what: { baseUrl: await closedAddress() }, says: /refuses connections.*Check the host/ },
        {
          what: { baseUrl: 'http://nobody.invalid' },
          says: /(No host has the name|name service).*Check the host/,
        },
        { what: { baseUrl: await startTarget(page) }, says: /web page.*Check that the base URL/ },
        {
          what: { baseUrl: await startUntrustedTarget(page) },
          says: /certificate.*signed by itself\. Have it/,
        },
        { what: { baseUrl: `${segment.baseUrl}/elsewhere` }, says: /no .* at this base URL\. Check/ },
        { what: { baseUrl: await startTarget(status(302)) }, says: /redirect.*Correct the base URL/ },
        { what: { baseUrl: await startTarget(status(403)) }, says: /knows the token.*Check there what/ },
        { what: { baseUrl: await startTarget(halfJson) }, says: /broke off or is not valid.*Try again/ },
        { what: { baseUrl: await startTarget(expired) }, says: /token.*said: It expired on Monday$/ },
        { what: { baseUrl: await startTarget(status(429)) }, says: /fewer requests\. Wait .* try again\./ },
        { what: { baseUrl: await startTarget(status(503)) }, says: /fault or is down\. Try again later/ },
        { what: { baseUrl: await startTarget(brokenOff) }, says: /broke off before.*Check .* try again\./ },
        { what: { token: 'rejected' }, says: /rejected the token\. Generate a new one/ },
      ];
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] }, active: false });
      const connection = { baseUrl: segment.baseUrl, token: await segment.newToken() };
      const said = new Set<string>();
      for (const { what, says } of wrong) {
        await company.configures({ ...connection, ...what });
        const refused = await company.tries('POST', '/identity-management/activate');
        expect(refused.status).toBe(409);
        expect(detailOf(refused)).toMatch(says);
        expect(detailOf(refused)).not.toMatch(/sent again|slows down/);
        said.add(detailOf(refused));
        expect(await company.status()).toMatchObject({ state: 'inactive' });
      }
      expect(said.size).toBe(wrong.length);
      expect(await segment.holds()).toEqual({ people: [], groups: {} });
      endsWith({ createUser: 1, createGroup: 1, changeMembers: 1 });
    });
  });

  describe('R4: the token', () => {
    it('R4: can be changed only while the connection is inactive', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const refused = await company.tries('PATCH', '/identity-management', {
        token: 'another',
        groupManagement: false,
      });
      expect(refused.status).toBe(409);
      expect(detailOf(refused)).toMatch(
        /^The token can be changed only while the connection is inactive.*deactivate it, change the token, activate it again\.$/,
      );
      expect(await company.ask('GET', '/identity-management')).toMatchObject({ groupManagement: true });
      await company.sends(() => company.hires('bob', ['Staff']));
      expect((await segment.holds()).people).toEqual(['ada', 'bob']);
      await company.deactivates();
      await company.configures({ token: await segment.newToken() });
      await company.activates();
      await company.sends(() => company.hires('cyd', ['Staff']));
      expect((await segment.holds()).people).toEqual(['ada', 'bob', 'cyd']);
    });

    /** What every GET of the API answers for the records of the story; below another list, for its first ones. */
    const everythingReadable = async (company: Company): Promise<string[]> => {
      const { paths } = pathsSchema.parse((await api('GET', '/api/v1/openapi.json')).body);
      const [ada, staff] = [company.userId('ada'), company.groupId('Staff')];
      const own: Readonly<Record<string, string>> = {
        '/api/v1/applications': company.applicationId,
        '/api/v1/users': ada,
        '/api/v1/groups': staff,
        '{userId}': ada,
        '{groupId}': staff,
      };
      const idsIn = async (list: string, parameter: string): Promise<string[]> => {
        const known = own[parameter] ?? own[list];
        if (known !== undefined) return [known];
        const { items } = itemsSchema.parse((await api('GET', list)).body);
        return items.slice(0, 3).map(({ id, key }) => z.string().parse(id ?? key));
      };
      /** The addresses that a path of the OpenAPI stands for. */
      const addressesOf = async (path: string): Promise<string[]> => {
        const [list, parameter, rest] = path.split(/\/(\{\w+\})(.*)/s);
        if (list === undefined || parameter === undefined) return [path];
        const ids = await idsIn(list, parameter);
        return (await Promise.all(ids.map((id) => addressesOf(`${list}/${id}${rest ?? ''}`)))).flat();
      };
      const readable = Object.keys(paths).filter(
        (path) => 'get' in (paths[path] ?? {}) && !path.endsWith('/stream'),
      );
      const answers: string[] = [];
      const unasked: string[] = [];
      for (const path of [...readable, '/api/v1/events?format=csv', '/api/v1/audit?format=csv']) {
        const addresses = await addressesOf(path);
        if (addresses.length === 0) unasked.push(path);
        for (const address of addresses) {
          const answer = await api('GET', address);
          expect(answer.status, address).toBeLessThan(500);
          answers.push(JSON.stringify(answer));
        }
      }
      expect(unasked, 'of these the story has none').toEqual([
        '/api/v1/applications/{id}/holds/{holdId}',
        '/api/v1/applications/{id}/imports/{importId}',
        '/api/v1/applications/{id}/imports/{importId}/items',
      ]);
      return answers;
    };

    const databaseDump = async (): Promise<string[]> => {
      const { db } = rollcall.database;
      const tables = await sql<{ name: string }>`
        SELECT table_name AS name FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(db);
      const dumps = tables.rows.map(({ name }) =>
        sql<{ row: string }>`SELECT row_to_json(t)::text AS row FROM ${sql.table(name)} AS t`.execute(db),
      );
      return (await Promise.all(dumps)).flatMap(({ rows }) => rows.map(({ row }) => row));
    };

    const dataFiles = async (): Promise<string[]> => {
      const directory = z.string().parse(rollcall.env['ROLLCALL_DATA_DIR']);
      const entries = await readdir(directory, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
    };

    it.each([
      ['a target that repeats it', 'echo'],
      ['a target that rejects it, and quotes it', 'quote'],
      ['Segment, which rejects it', 'segment'],
    ])('R4: is in no response, log, export or table, whatever happens with %s', async (_, target) => {
      const token = `secret-${'0123456789abcdef'.repeat(2)}`;
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] }, active: false });
      if (target !== 'segment')
        await company.configures({
          baseUrl: await startTarget(target === 'echo' ? echo : quote),
          token: 'of-no-interest',
        });
      logged.length = 0;
      const answers = [await company.tries('PATCH', '/identity-management', { token })];
      for (const action of ['test', 'activate', 'activate', 'resume'])
        answers.push(await company.tries('POST', `/identity-management/${action}`));
      answers.push(await company.tries('PATCH', '/identity-management', { token }));
      if (target === 'echo') await company.untilIdle();
      expect(await company.status()).toMatchObject({ failed: target === 'echo' ? 2 : 0 });
      const forms = [
        token,
        Buffer.from(token).toString('hex'),
        Buffer.from(token).toString('base64').slice(0, 30),
      ];
      const everything = {
        answers: answers.map((answer) => JSON.stringify(answer)),
        readable: await everythingReadable(company),
        tables: await databaseDump(),
        files: await dataFiles(),
        logged,
      };
      const { readable, tables, files } = everything;
      for (const texts of [readable, tables, ...(kind === 'embedded' ? [files] : [])])
        expect(texts.some((text) => text.includes('ada@acme.test'))).toBe(true);
      for (const [where, texts] of Object.entries(everything)) {
        expect(texts.length, where).toBeGreaterThan(0);
        for (const form of forms)
          expect(
            texts.filter((text) => text.includes(form)),
            where,
          ).toEqual([]);
      }
      expect(await company.ask('GET', '/identity-management')).toMatchObject({ tokenSet: true });
      endsWith(
        target === 'echo'
          ? { refuseUser: 1, refuseGroup: 1 }
          : { createUser: 1, createGroup: 1, changeMembers: 1 },
      );
    });
  });

  describe('R5: deactivating the connection', () => {
    const people = Array.from({ length: 40 }, (_, at) => `u${String(at).padStart(2, '0')}`);

    it('R5: what is asked for in the same moment is refused, and leaves nothing behind', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const { db } = rollcall.database;
      const application = await getApplication(db, company.applicationId);
      const cause = { action: 'application.deactivated', actor: 'a test' };
      let asked: Promise<Answer>[] = [];
      await db.transaction().execute(async (tx) => {
        await deactivateConnection(tx, application, cause);
        asked = [
          company.tries('POST', '/sync', { full: true }),
          company.tries('POST', '/sync', { user: company.userId('ada') }),
          company.tries('POST', '/import/users/refresh'),
        ];
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([409, 409, 409]);
      expect(await company.status()).toMatchObject({ state: 'inactive', pending: 0, idle: true });
    });

    it('R5: stops every request at once; activation goes on without duplicates', async () => {
      const company = await begins({
        users: people,
        groups: { Staff: people },
        active: false,
        segment: { latencyMs: 50 },
        connection: { behaviour: { rate: { concurrency: 2 } } },
      });
      await company.activates();
      await until('some are there', async () => (await segment.holds()).people.length >= 6);
      const answer = messageSchema.parse(await company.ask('POST', '/identity-management/deactivate'));
      const after = await segment.now();
      expect(answer).toMatchObject({
        state: 'inactive',
        message: textLike(/inactive.*what it holds stays as it is/),
      });
      const there = (await segment.holds()).people;
      expect(there.length).toBeLessThan(people.length);
      expect(await company.status()).toMatchObject({ pending: 0, idle: true });
      await company.suspends(there[0] ?? '');
      await company.hires('newcomer', ['Staff']);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await segment.asked(after)).toEqual([]);
      expect((await segment.holds()).people).toEqual(there);
      expect(await company.status()).toMatchObject({ users: { linked: there.length } });
      await segment.behaves({ latencyMs: 0 });
      await company.sends(() => company.activates());
      const expected = [...people.filter((name) => name !== there[0]), 'newcomer'].sort();
      expect(await segment.holds()).toEqual({ people: expected, groups: { Staff: expected } });
      const created = (await segment.asked()).filter(({ route }) => route === 'POST /Users');
      const names = created.map((one) => bodyOf(one)['userName']);
      expect(new Set(names).size).toBe(names.length);
    });

    it('R5: leaves all as it is, and nothing at all is sent on activation where nothing has changed', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      const before = await segment.holds();
      await company.deactivates();
      expect(await segment.holds()).toEqual(before);
      const asked = await company.sends(() => company.activates());
      expect(writes(asked)).toEqual([]);
      expect(await segment.holds()).toEqual(before);
    });

    it('R5: what nobody may ask while it is inactive is refused, and what asks nothing still answers', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      await company.deactivates();
      const before = await segment.now();
      for (const action of ['sync', 'identity-management/deactivate', 'identity-management/resume'])
        expect((await company.tries('POST', `/${action}`, action === 'sync' ? {} : undefined)).status).toBe(
          409,
        );
      expect(await company.plans()).toEqual({});
      expect(await segment.asked(before)).toEqual([]);
    });

    /** Deactivates while a request is under way that a change has led to. Answers what resolves once its answer has come. */
    const deactivatesDuring = async (
      company: Company,
      change: () => Promise<unknown>,
    ): Promise<Promise<void>[]> => {
      const before = await segment.now();
      await segment.behaves({ latencyMs: 1500 });
      await change();
      await until('it is under way', async () => (await segment.asked(before)).length > 0);
      await segment.behaves({ latencyMs: 0 });
      const ended = company.deactivates();
      await until('it is off', async () => (await company.status()).state === 'inactive');
      return [ended];
    };

    it('R5, R41: whoever left while it was inactive is not forgotten for an answer that comes after it is active again', async () => {
      const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['ada', 'bob'] } });
      const ended = await deactivatesDuring(company, () => company.changes('bob', { lastname: 'Late' }));
      await company.suspends('bob');
      await company.activates();
      await Promise.all(ended);
      await company.untilIdle();
      expect((await segment.holds()).people).toEqual(['ada']);
    });

    it('R5, R41: nor is whoever left a group meanwhile', async () => {
      const people = ['ada', 'bob', 'cyd'];
      const company = await begins({ users: people, groups: { Staff: ['ada', 'bob'], All: people } });
      const ended = await deactivatesDuring(company, () => company.adds('Staff', 'cyd'));
      await company.removes('Staff', 'bob');
      await company.activates();
      await Promise.all(ended);
      await company.untilIdle();
      expect((await segment.holds()).groups).toEqual({ All: people, Staff: ['ada', 'cyd'] });
    });

    /** Deactivates as above; nothing more may be asked once the worker has heard of it, however long the answer under way takes. */
    const stopsDuring = async (company: Company, change: () => Promise<unknown>): Promise<void> => {
      const ended = await deactivatesDuring(company, change);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const after = await segment.now();
      await Promise.all(ended);
      expect(routes(await segment.asked(after))).toEqual([]);
    };

    it('R5: what waits for its turn behind a slow answer is not sent any more', async () => {
      const company = await begins({
        users: people,
        groups: { Staff: people },
        connection: { behaviour: { rate: { concurrency: 2 } } },
      });
      await stopsDuring(company, () =>
        Promise.all(people.map((name) => company.changes(name, { lastname: 'Late' }))),
      );
      const asked = await company.sends(() => company.activates());
      expect(writes(asked).length).toBeGreaterThan(people.length / 2);
    });

    const crowded = async (): Promise<Company> => {
      const connection = { behaviour: { pageSize: 5 } };
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] }, connection });
      await segment.hasMembers(60);
      return company;
    };

    it('R5: a reading that is under way ends', async () => {
      const company = await crowded();
      await stopsDuring(company, () => company.ask('POST', '/import/users/refresh'));
    });

    it('R5: a reading of everything that is under way ends, and none is due any more', async () => {
      const company = await crowded();
      await stopsDuring(company, () => company.ask('POST', '/sync', { full: true }));
      expect(await company.status()).toMatchObject({ state: 'inactive', idle: true });
    });

    it('R5, R10: nor does the reading before anything is sent with another token go on', async () => {
      const company = await crowded();
      await company.deactivates();
      await company.configures({ token: await segment.newToken() });
      await company.activates();
      await stopsDuring(company, () => Promise.resolve());
    });
  });

  describe('R3, R5: an answer that comes once the connection is another', () => {
    /** The application behind something that holds up requests of that kind, once told to, and then answers in its own way. */
    const holdingUp = async (isHeld: (method: string) => boolean, answer: Answered | null) => {
      const told = { holds: false, held: 0, lets: (): void => undefined };
      const gate = new Promise<void>((resolve) => {
        told.lets = resolve;
      });
      const baseUrl = await startBetween(segment.baseUrl, async ({ method }, pass) => {
        if (!told.holds || !isHeld(method)) return pass();
        told.held += 1;
        await gate;
        return answer ?? pass();
      });
      return { baseUrl, told };
    };

    it('R5, R44: a rejected token in an answer that comes late does not pause what is inactive', async () => {
      const rejected = { status: 401, body: '{"detail":"It expired on Monday"}' };
      const { baseUrl, told } = await holdingUp((method) => method !== 'GET', rejected);
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] }, connection: { baseUrl } });
      told.holds = true;
      await company.changes('ada', { lastname: 'Late' });
      await until('it is under way', () => told.held > 0);
      const ended = company.deactivates();
      await until('it is off', async () => (await company.status()).state === 'inactive');
      told.lets();
      await ended;
      expect(await company.status()).toMatchObject({ state: 'inactive', pending: 0 });
      told.holds = false;
      await company.activates();
    });

    it('R3: what was changed while it was tested is not what would be activated, and stays off', async () => {
      const { baseUrl, told } = await holdingUp(() => true, null);
      const company = await begins({ users: ['ada'], active: false, connection: { baseUrl } });
      told.holds = true;
      const asked = company.tries('POST', '/identity-management/activate');
      await until('it is tested', () => told.held > 0);
      await company.configures({ groupManagement: false });
      told.lets();
      const refused = await asked;
      expect({ status: refused.status, detail: detailOf(refused) }).toEqual({
        status: 409,
        detail: textLike(/changed the connection meanwhile/),
      });
      expect(await company.status()).toMatchObject({ state: 'inactive' });
    });
  });

  describe('R6: deleting applications', () => {
    const remove = (ids: readonly string[], confirm: unknown) =>
      api('POST', '/applications/delete', { ids, ...(confirm !== undefined && { confirm }) });
    const countOf = async (): Promise<number> =>
      idsSchema.parse((await api('GET', '/applications')).body).items.length;

    it('R6: only after their connections are deactivated, all or none, and Segment is left as it is', async () => {
      const company = await begins({ users: ['ada'], groups: { Staff: ['ada'] } });
      const other = await made({ call: api }, '/applications', { connector: 'segment', label: 'Other' });
      const ids = [company.applicationId, other];
      const refused = await remove(ids, 2);
      expect(refused.status).toBe(409);
      expect(detailOf(refused)).toMatch(/"Segment" is active.*Deactivate the connection/);
      expect((await api('DELETE', `/applications/${company.applicationId}`)).status).toBe(409);
      expect(await countOf()).toBe(2);
      await company.deactivates();
      const before = { holds: await segment.holds(), now: await segment.now() };
      expect((await remove(ids, 2)).body).toEqual({ deleted: 2 });
      expect(await countOf()).toBe(0);
      expect({ holds: await segment.holds(), now: await segment.now() }).toEqual(before);
      await begins({ active: false });
    });

    it.each([0, 1, 3, '2', undefined])(
      'R6: not where the number that was typed is %s instead of 2',
      async (confirm) => {
        const company = await begins({ active: false });
        const other = await made({ call: api }, '/applications', { connector: 'segment', label: 'Other' });
        const refused = await remove([company.applicationId, other], confirm);
        expect(refused).toMatchObject({
          status: 400,
          body: { errors: [{ path: 'confirm', message: anyText }] },
        });
        expect(await countOf()).toBe(2);
      },
    );
  });

  describe('R7: management of groups is a switch', () => {
    const beginning = {
      users: ['ada', 'bob', 'cyd'],
      groups: { Staff: ['ada', 'bob', 'cyd'], Editors: ['ada', 'bob'], Authors: ['ada'], Owners: ['ada'] },
    };
    const before = {
      Staff: ['ada', 'bob', 'cyd'],
      Editors: ['ada', 'bob'],
      Authors: ['ada'],
      Owners: ['ada'],
    };

    it('R7: off, users are managed, and groups and memberships are left as they are', async () => {
      const company = await begins(beginning);
      const asked = await company.sends(async () => {
        await company.configures({ groupManagement: false });
        await company.removes('Editors', 'bob');
        await company.adds('Authors', 'cyd');
        await company.renames('Owners', 'Deputies');
        await company.hires('dan', ['Staff']);
        await company.founds('Others', ['ada']);
        await company.binds('Others');
        await company.ask('POST', '/sync', { full: true });
      });
      expect(writes(asked)).toEqual(['POST /Users']);
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob', 'cyd', 'dan'], groups: before });
      await company.sends(() => company.suspends('dan'));
      expect((await segment.holds()).people).toEqual(['ada', 'bob', 'cyd']);
    });

    it('R7: on again, all bound groups are brought in line', async () => {
      const company = await begins(beginning);
      await company.configures({ groupManagement: false });
      await company.removes('Editors', 'bob');
      await company.adds('Authors', 'cyd');
      await company.renames('Owners', 'Deputies');
      await company.hires('dan', ['Staff', 'Authors']);
      await company.founds('Others', ['ada']);
      await company.binds('Others');
      await company.untilIdle();
      await company.sends(() => company.configures({ groupManagement: true }));
      expect(await segment.holds()).toEqual({
        people: ['ada', 'bob', 'cyd', 'dan'],
        groups: {
          Staff: ['ada', 'bob', 'cyd', 'dan'],
          Editors: ['ada'],
          Authors: ['ada', 'cyd', 'dan'],
          Deputies: ['ada'],
          Others: ['ada'],
        },
      });
    });

    it.each(['active', 'inactive'])(
      'R7: a group unbound or deleted meanwhile is left as it is for good (%s connection)',
      async (state) => {
        const company = await begins(beginning);
        if (state === 'inactive') await company.deactivates();
        await company.configures({ groupManagement: false });
        await company.dissolves('Editors');
        await company.unbinds('Authors');
        await company.unbinds('Owners');
        await company.dissolves('Owners');
        if (state === 'active') await company.untilIdle();
        await company.configures({ groupManagement: true });
        if (state === 'inactive') await company.activates();
        await company.untilIdle();
        expect(await segment.holds()).toEqual({ people: ['ada', 'bob', 'cyd'], groups: before });
        await company.sends(() => company.removes('Staff', 'cyd'));
        expect(await segment.holds()).toEqual({
          people: ['ada', 'bob'],
          groups: { ...before, Staff: ['ada', 'bob'] },
        });
      },
    );

    it('R7: off from the start, no group is asked for or made', async () => {
      const company = await begins({ ...beginning, connection: { groupManagement: false } });
      expect(routes(await segment.asked(), '/Groups')).toEqual([]);
      await company.sends(() => company.suspends('cyd'));
      await company.sends(() => company.reinstates('cyd'));
      expect(await segment.holds()).toEqual({ people: ['ada', 'bob', 'cyd'], groups: {} });
    });
  });
});
