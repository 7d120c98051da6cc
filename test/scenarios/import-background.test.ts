/** Imports of more than a hundred: in the background, through crashes, with a message at the end (R32, R33). */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../src/log.ts';
import { imports as job } from '../../src/jobs/imports.ts';
import { startJobs } from '../../src/jobs/jobs.ts';
import { makeMailer } from '../../src/mail/mailer.ts';
import { hashPassword } from '../../src/sign-in/password-hash.ts';
import { giveRole } from '../../src/store/administrators.ts';
import { importBatch } from '../../src/store/import-batch.ts';
import { mailFailed, mailSent, takeOwedMail } from '../../src/store/import-mail.ts';
import { createImport } from '../../src/store/import-start.ts';
import { writePassword } from '../../src/store/passwords.ts';
import { transact } from '../../src/store/transact.ts';
import { databaseKinds } from '../support/database.ts';
import { importer, writesOf } from '../support/imports.ts';
import { startMailServer } from '../support/mail-server.ts';
import { PASSWORD } from '../support/people.ts';
import { PortalBrowser } from '../support/portal-browser.ts';
import { startScene } from '../support/scene.ts';

const idSchema = z.looseObject({ id: z.string() });

const MAIL_FROM = 'Rollcall <rollcall@acme.test>';

describe.each(databaseKinds)('imports in the background, on the %s database', async (kind) => {
  const mail = await startMailServer();
  const scene = await startScene(kind, {
    SMTP_URL: mail.url,
    ROLLCALL_PUBLIC_URL: 'https://rollcall.acme.test',
  });
  const imports = importer(scene);
  const { database } = scene.rollcall;
  const deps = (smtpUrl?: string) => ({
    database,
    config: { eventRetentionDays: 30 },
    address: 'https://rollcall.acme.test',
    log: silentLogger,
    mailer: makeMailer({ smtpUrl, mailFrom: MAIL_FROM }),
  });
  const countUsers = async (): Promise<number> =>
    (await sql<{ count: number }>`SELECT count(*)::int AS count FROM users`.execute(database.db)).rows[0]
      ?.count ?? -1;
  await scene.activate();
  for (let number = 0; number < 250; number += 1)
    await imports.holds(`u${number}@acme.test`, `User ${number}`);
  await imports.holds('x@acme.test', 'X'.repeat(201));
  await imports.read();

  test('R32: goes on behind the answer, and what it is of does not change with the list', async () => {
    const made = await imports.start({
      all: true,
      new: true,
      search: 'acme.test',
      notify: 'ada@acme.test',
      state: 'active',
    });
    expect(made).toMatchObject({
      state: 'running',
      background: true,
      counts: { total: 251, waiting: 251 },
      mail: { to: 'ada@acme.test', state: 'none' },
      results: null,
    });
    expect(await countUsers()).toBe(0);
    expect((await scene.api('POST', scene.at(`/imports/${made.id}/retry`), {})).status).toBe(409);
  });

  test('R32: the jobs do it when they start, and tell whoever asked with the counts, the failures and a link', async () => {
    const writes = await writesOf(scene);
    const jobs = await startJobs(deps(mail.url));
    const [message = ''] = await mail.received(1);
    await jobs.stop();
    const { items } = await listed();
    const done = await imports.get(items[0]?.id ?? '');
    expect(done).toMatchObject({
      state: 'done',
      counts: { total: 251, created: 250, failed: 1, waiting: 0 },
    });
    expect(done.mail).toMatchObject({ state: 'sent', message: null });
    expect(message).toContain('To: ada@acme.test');
    expect(message).toContain('Subject: Import from Segment is complete: 250 users imported, 1 failed');
    expect(message).toContain('Made in the directory: 250');
    expect(message).toContain('- x@acme.test: firstname must have at most 200 characters.');
    expect(message).toContain(
      `https://rollcall.acme.test/console/applications/${scene.applicationId}/import/${done.id}`,
    );
    expect(await countUsers()).toBe(250);
    expect(await writesOf(scene)).toBe(writes);
  });

  test('R32: jobs that run hear of an import at once', async () => {
    for (let number = 0; number < 120; number += 1) await imports.holds(`v${number}@acme.test`);
    await imports.read();
    const jobs = await startJobs(deps(mail.url));
    const made = await imports.start({ all: true, new: true, search: 'v' });
    expect(await imports.done(made.id)).toMatchObject({ counts: { created: 120 }, mail: null });
    await jobs.stop();
  });

  test('R32: the administrators are told of what a key began and gave no address for', async () => {
    for (let number = 0; number < 101; number += 1) await imports.holds(`adm${number}@acme.test`);
    await imports.read();
    const people = [
      { username: 'chief', email: 'chief@acme.test', state: 'active' },
      { username: 'deputy', email: 'deputy@acme.test', state: 'active' },
      { username: 'unreachable', state: 'active' },
      { username: 'former', email: 'former@acme.test', state: 'suspended' },
      { username: 'helper', email: 'helper@acme.test', state: 'active' },
    ];
    const ids: string[] = [];
    for (const one of people) ids.push(idSchema.parse((await scene.api('POST', '/users', one)).body).id);
    for (const id of ids)
      await transact(database, (tx) => giveRole(tx, id, id === ids[4] ? 'manager' : 'administrator'));
    const made = await imports.start({ all: true, new: true, search: 'adm' });
    expect(made.mail).toMatchObject({ to: 'chief@acme.test, deputy@acme.test' });
    const sent = mail.messages.length;
    await job.run({ ...deps(mail.url), stopping: new AbortController().signal });
    expect(mail.messages.slice(sent)).toEqual([
      expect.stringContaining('To: chief@acme.test, deputy@acme.test') as unknown,
    ]);
    await sql`DELETE FROM administrators`.execute(database.db);
  });

  test('R32: a message that the mail server does not take is owed, says why, and is sent later, once', async () => {
    for (let number = 0; number < 101; number += 1) await imports.holds(`w${number}@acme.test`);
    await imports.read();
    const made = await imports.start({ all: true, new: true, search: 'w', notify: 'bea@acme.test' });
    const stopping = new AbortController().signal;
    await job.run({ ...deps('smtp://127.0.0.1:1'), stopping });
    expect((await imports.get(made.id)).mail).toMatchObject({
      state: 'owed',
      message: expect.stringContaining('cannot be reached') as unknown,
    });
    const before = mail.messages.length;
    await job.run({ ...deps(mail.url), stopping });
    expect(mail.messages).toHaveLength(before);
    await sql`UPDATE imports SET mail_due_at = now()`.execute(database.db);
    for (let times = 0; times < 2; times += 1) await job.run({ ...deps(mail.url), stopping });
    expect(mail.messages).toHaveLength(before + 1);
    expect((await imports.get(made.id)).mail).toMatchObject({ state: 'sent', message: null });
  });

  test('R32: a message that a slow mail server has is sent by no other process, and stays sent', async () => {
    for (let number = 0; number < 101; number += 1) await imports.holds(`q${number}@acme.test`);
    await imports.read();
    const made = await imports.start({ all: true, new: true, search: 'q', notify: 'eve@acme.test' });
    await job.run({ ...deps(), stopping: new AbortController().signal });
    const taken = await takeOwedMail(database.db);
    expect(taken).toMatchObject({ importId: made.id });
    await sql`UPDATE imports SET mail_due_at = mail_due_at - interval '1 minute'`.execute(database.db);
    expect(await takeOwedMail(database.db)).toBeNull();
    if (taken === null) return;
    await mailSent(database.db, taken);
    await mailFailed(database.db, taken, 'It took too long.');
    expect((await imports.get(made.id)).mail).toMatchObject({ state: 'sent', message: null });
  });

  test('R32: a message that no mail server takes is tried again for half a day', async () => {
    for (let number = 0; number < 101; number += 1) await imports.holds(`o${number}@acme.test`);
    await imports.read();
    const made = await imports.start({ all: true, new: true, search: 'o', notify: 'flo@acme.test' });
    await job.run({ ...deps('smtp://127.0.0.1:1'), stopping: new AbortController().signal });
    const waits: number[] = [];
    while ((await imports.get(made.id)).mail?.state === 'owed') {
      const { rows } = await sql<{ hours: number }>`
        SELECT extract(epoch FROM mail_due_at - now())::float8 / 3600 AS hours FROM imports WHERE id = ${made.id}`.execute(
        database.db,
      );
      waits.push(rows[0]?.hours ?? 0);
      await sql`UPDATE imports SET mail_due_at = now() WHERE id = ${made.id}`.execute(database.db);
      const taken = await takeOwedMail(database.db);
      if (taken !== null) await mailFailed(database.db, taken, 'Nobody answers.');
    }
    expect(Math.round(waits.reduce((sum, hours) => sum + hours, 0))).toBe(12);
  });

  test('R32: a message that is owed stays so while a few who failed are corrected, and tells of them', async () => {
    for (let number = 0; number < 101; number += 1) await imports.holds(`y${number}@acme.test`);
    await imports.holds('yx@acme.test', 'X'.repeat(201));
    await imports.read();
    const made = await imports.start({ all: true, new: true, search: 'y', notify: 'dan@acme.test' });
    const stopping = new AbortController().signal;
    await job.run({ ...deps('smtp://127.0.0.1:1'), stopping });
    const [corrected] = await imports.idsOf('yx@acme.test');
    const { mail: owed } = await imports.retry(made.id, {
      overrides: { [corrected]: { displayname: 'X', firstname: 'X' } },
    });
    expect(owed).toMatchObject({ to: 'dan@acme.test', state: 'owed' });
    const sent = mail.messages.length;
    for (let times = 0; times < 2; times += 1) await job.run({ ...deps(mail.url), stopping });
    expect(mail.messages).toHaveLength(sent + 1);
    expect(mail.messages[sent]).toContain('102 users imported, 0 failed');
    const again = await imports.get(made.id);
    expect(again.mail).toMatchObject({ state: 'sent', message: null });
  });

  test('R32: whoever is owed a message gets it, also where somebody else has the rest imported', async () => {
    for (let number = 0; number < 101; number += 1) await imports.holds(`k${number}@acme.test`);
    await imports.read();
    const made = await imports.start({ all: true, new: true, search: 'k', notify: 'dan@acme.test' });
    await imports.cancel(made.id);
    const byAnother = await imports.retry(made.id, { notify: 'eve@acme.test' });
    expect(byAnother).toMatchObject({ background: true, mail: { to: 'dan@acme.test, eve@acme.test' } });
    await imports.cancel(made.id);
    const again = await imports.retry(made.id, { notify: 'dan@acme.test' });
    expect(again.mail).toMatchObject({ to: 'dan@acme.test, eve@acme.test' });
    const sent = mail.messages.length;
    await job.run({ ...deps(mail.url), stopping: new AbortController().signal });
    expect(mail.messages.slice(sent)).toEqual([
      expect.stringContaining('To: dan@acme.test, eve@acme.test') as unknown,
    ]);
  });

  test('R32, R33: one that is cancelled keeps whom it imported, makes nobody else, says so, and can be gone on with', async () => {
    for (let number = 0; number < 130; number += 1) await imports.holds(`z${number}@acme.test`);
    await imports.read();
    const [corrected] = await imports.idsOf('z129@acme.test');
    const overrides = { [corrected]: { lastname: 'Corrected' } };
    const made = await imports.start({ all: true, search: 'z', notify: 'cyd@acme.test', overrides });
    await importBatch(database, made.id, 100);
    const before = await countUsers();
    const counts = { total: 130, created: 100, cancelled: 30, waiting: 0 };
    expect(await imports.cancel(made.id)).toMatchObject({ state: 'done', counts, mail: { state: 'owed' } });
    expect(await importBatch(database, made.id, 100)).toBe(false);
    const sent = mail.messages.length;
    await job.run({ ...deps(mail.url), stopping: new AbortController().signal });
    expect(await countUsers()).toBe(before);
    const message = (await mail.received(sent + 1))[sent];
    expect(message).toContain('Subject: Import from Segment was cancelled: 100 users imported, 0 failed');
    expect(message).toContain('Not made, because it was cancelled: 30');
    const report = await scene.api('GET', scene.at(`/imports/${made.id}/items?format=csv`));
    expect(String(report.body).match(/^cancelled,/gm)).toHaveLength(30);
    const events = await scene.api('GET', `/events?application=${scene.applicationId}&limit=10`);
    expect(JSON.stringify(events.body)).toContain('was cancelled: 130 in all, 100 made');
    expect((await scene.api('POST', scene.at(`/imports/${made.id}/cancel`))).status).toBe(409);
    expect((await imports.list('?search=z')).importable).toBe(30);
    const rest = await imports.retry(made.id);
    expect(rest).toMatchObject({ state: 'done', counts: { total: 130, created: 130, cancelled: 0 } });
    const users = await scene.api('GET', '/users?search=z129');
    expect(users.body).toMatchObject({ items: [{ lastname: 'Corrected' }] });
  });

  test('R32: whoever starts one is told at their own address', async () => {
    const id = await scene.user('gil');
    await writePassword(database.db, id, await hashPassword(PASSWORD));
    await transact(database, (tx) => giveRole(tx, id, 'manager'));
    const browser = new PortalBrowser(scene.rollcall.url);
    await browser.signIn('gil@acme.test', PASSWORD);
    await browser.get('/factors');
    const starts = (remoteIds: readonly string[]) =>
      browser.api('POST', `/applications/${scene.applicationId}/imports`, { remoteIds });
    const { remoteIds } = await held('mine', 101);
    const own = await starts(remoteIds);
    expect(own).toMatchObject({ status: 201, body: { background: true, mail: { to: 'gil@acme.test' } } });
    await imports.cancel(idSchema.parse(own.body).id);
    expect(await starts(remoteIds.slice(1))).toMatchObject({
      status: 201,
      body: { background: false, mail: null },
    });
  });

  test('R33: the jobs finish the few that a request was about to import when its process died', async () => {
    const id = await beginsWith('few');
    await importBatch(database, id, 5);
    await job.run({ ...deps(), stopping: new AbortController().signal });
    expect(await imports.get(id)).toMatchObject({
      state: 'done',
      background: false,
      counts: { created: 7, waiting: 0 },
    });
  });

  test('R33: one of which a batch breaks waits, and holds up no other', async () => {
    const [broken, other] = [await beginsWith('broken'), await beginsWith('other')];
    await sql`UPDATE import_items SET person = 'null' WHERE import_id = ${broken}`.execute(database.db);
    await job.run({ ...deps(), stopping: new AbortController().signal });
    expect(await imports.get(other)).toMatchObject({ state: 'done', counts: { created: 7 } });
    const { rows } = await sql<{ state: string; waiting: number }>`
      SELECT i.state, (SELECT count(*)::int FROM import_items WHERE import_id = i.id AND outcome IS NULL) AS waiting
      FROM imports i WHERE id = ${broken}`.execute(database.db);
    expect(rows).toEqual([{ state: 'running', waiting: 7 }]);
    await sql`DELETE FROM imports WHERE id = ${broken}`.execute(database.db);
  });

  test('R32: a few at a time are done where somebody watches', async () => {
    const { remoteIds } = await held('live', 20);
    const { id } = await imports.start({ remoteIds });
    const { rows } = await sql<{ most: number }>`
      SELECT max(count)::int AS most FROM (SELECT count(*) FROM import_items WHERE import_id = ${id} GROUP BY xmin::text) AS batches`.execute(
      database.db,
    );
    expect(rows[0]?.most).toBeLessThanOrEqual(5);
  });

  /** So many are in the application, and in the list. */
  async function held(name: string, count: number): Promise<{ remoteIds: string[] }> {
    for (let number = 0; number < count; number += 1) await imports.holds(`${name}${number}@acme.test`);
    await imports.read();
    const { items } = await imports.list(`?search=${name}&limit=${count}`);
    return { remoteIds: items.map(({ remoteId }) => remoteId) };
  }

  /** An import of seven that a request has begun, and done nothing of. */
  async function beginsWith(name: string): Promise<string> {
    const selection = await held(name, 7);
    const { id } = await transact(database, (tx) =>
      createImport(tx, {
        applicationId: scene.applicationId,
        selection,
        overrides: {},
        userState: 'staged',
        cause: { action: 'import.started', actor: 'a test' },
        mail: null,
      }),
    );
    return id;
  }

  async function listed(): Promise<{ items: { id: string }[] }> {
    return (await scene.api('GET', scene.at('/imports'))).body as { items: { id: string }[] };
  }
});
