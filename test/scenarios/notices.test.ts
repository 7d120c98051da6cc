/** Administrators are told by mail of a paused connection (R44) and of leavers that are held (R46), once. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/access/roles.ts';
import { cleanUp } from '../../src/jobs/clean-up.ts';
import { startJobs } from '../../src/jobs/jobs.ts';
import { notices as job } from '../../src/jobs/notices.ts';
import { silentLogger } from '../../src/log.ts';
import { makeMailer } from '../../src/mail/mailer.ts';
import { giveRole } from '../../src/store/administrators.ts';
import { transact } from '../../src/store/transact.ts';
import { databaseKinds } from '../support/database.ts';
import { startMailServer } from '../support/mail-server.ts';
import { startScene, until } from '../support/scene.ts';

const MAIL_FROM = 'Rollcall <rollcall@acme.test>';

/** Rows of `notices`, whatever their age. */
const owed = 'SELECT count(*)::int AS count FROM notices';

describe.each(databaseKinds)('what administrators are told by mail, on the %s database', async (kind) => {
  const mail = await startMailServer();
  const scene = await startScene(kind);
  const { api, at } = scene;
  const { database } = scene.rollcall;
  const deps = (smtpUrl?: string) => ({
    database,
    config: { eventRetentionDays: 30 },
    address: 'https://rollcall.acme.test',
    log: silentLogger,
    mailer: makeMailer({ smtpUrl, mailFrom: MAIL_FROM }),
    stopping: new AbortController().signal,
  });
  const give = async (name: string, role: Role): Promise<string> => {
    const id = await scene.user(name);
    await transact(database, (tx) => giveRole(tx, id, role));
    return id;
  };
  const settled = async (): Promise<void> => {
    await scene.idle();
    await until('active', async () => (await stateNow()) === 'active');
  };
  const stateNow = async (): Promise<string> =>
    ((await api('GET', at('/identity-management'))).body as { state: string }).state;
  const countOwed = async (): Promise<number> =>
    (await sql.raw<{ count: number }>(owed).execute(database.db)).rows[0]?.count ?? -1;
  const makeDue = () => sql`UPDATE notices SET due_at = now()`.execute(database.db);
  /** To whom mail has come since there were so many messages. */
  const told = (since: number): string[] =>
    mail.messages
      .slice(since)
      .map((message) => /^To: (.*)$/m.exec(message)?.[1]?.trim() ?? '')
      .sort();

  await give('ada', 'administrator');
  await give('bea', 'administrator');
  await give('cyd', 'manager');
  const away = await give('dan', 'administrator');
  await api('PATCH', `/users/${away}`, { state: 'suspended' });
  const mute = await give('eve', 'administrator');
  await api('PATCH', `/users/${mute}`, { email: null });
  await scene.activate();
  const people = await Promise.all(['p1', 'p2', 'p3', 'p4'].map((name) => scene.user(name)));
  const group = await scene.boundGroup('Everybody', people);
  await scene.idle();

  let before = 0;
  let name = 0;
  beforeEach(() => {
    before = mail.messages.length;
  });

  /** A change that is sent, with a token that is no longer one. */
  async function pause(): Promise<void> {
    await scene.newToken();
    name += 1;
    await api('PATCH', `/users/${people[0]}`, { firstname: `Name ${name}` });
    await until('paused', async () => (await stateNow()) === 'paused');
  }

  async function mend(): Promise<void> {
    await api('POST', at('/identity-management/deactivate'));
    await api('PATCH', at('/identity-management'), { token: await scene.newToken() });
    await api('POST', at('/identity-management/activate'));
    await settled();
  }

  test('R44: each active administrator is told of a pause, once, by whichever process is first', async () => {
    await pause();
    await Promise.all([job.run(deps(mail.url)), job.run(deps(mail.url)), job.run(deps(mail.url))]);
    await makeDue();
    await job.run(deps(mail.url));
    expect(told(before)).toEqual(['ada@acme.test', 'bea@acme.test']);
    const message = mail.messages[before] ?? '';
    expect(message).toContain('Subject: Rollcall paused the connection of Segment');
    expect(message).toContain('Why: The application rejected the token.');
    expect(message).toContain('Nothing is lost');
    expect(message).toContain(
      `https://rollcall.acme.test/console/applications/${scene.applicationId}/identity-management`,
    );
    expect(await countOwed()).toBe(1);
    await mend();
  });

  test('R44: the next pause is told anew, and an administrator who deactivates tells nobody', async () => {
    await pause();
    await job.run(deps(mail.url));
    expect(told(before)).toHaveLength(2);
    await mend();
    await job.run(deps(mail.url));
    expect(told(before)).toHaveLength(2);
  });

  test('R44: what the mail server does not take is owed and sent later; what is mended meanwhile is not told', async () => {
    await pause();
    await job.run(deps('smtp://127.0.0.1:1'));
    await job.run(deps(mail.url));
    expect(told(before)).toEqual([]);
    await makeDue();
    await job.run(deps(mail.url));
    expect(told(before)).toHaveLength(2);
    await mend();
    await pause();
    await mend();
    await job.run(deps(mail.url));
    expect(told(before)).toHaveLength(2);
  });

  test('R46: a hold is told once, by count, whoever joins it', async () => {
    await api('PATCH', at('/identity-management'), { threshold: { number: 1, percent: 10 } });
    await api('POST', `/groups/${group}/members`, { remove: people.slice(0, 3) });
    await until('held', async () => (await heldNow()) === 3);
    await job.run(deps(mail.url));
    expect(told(before)).toEqual(['ada@acme.test', 'bea@acme.test']);
    const message = mail.messages[before] ?? '';
    expect(message).toContain('Subject: 3 deactivations in Segment wait for your approval');
    expect(message).toContain('Why: 3 of 4 users (75 %) would be deactivated.');
    expect(message).toContain(`https://rollcall.acme.test/console/applications/${scene.applicationId}/plan`);
    expect(message).not.toMatch(/p[1-4]/);
    await api('POST', `/groups/${group}/members`, { remove: people.slice(3) });
    await until('held', async () => (await heldNow()) === 4);
    await job.run(deps(mail.url));
    expect(told(before)).toHaveLength(2);
    await api('POST', `/groups/${group}/members`, { add: people });
    await until('nobody held', async () => (await heldNow()) === 0);
    await settled();
  });

  test('R44: jobs that run hear of it at once', async () => {
    const jobs = await startJobs(deps(mail.url));
    await pause();
    await mail.received(before + 2);
    await jobs.stop();
    await mend();
  });

  test('without a mail server nothing happens, and what nobody could be told is forgotten after a day', async () => {
    await pause();
    await job.run(deps());
    expect(told(before)).toEqual([]);
    expect(await countOwed()).toBeGreaterThanOrEqual(2);
    await sql`UPDATE notices SET created_at = now() - interval '25 hours'`.execute(database.db);
    await cleanUp.run(deps());
    expect(await countOwed()).toBe(0);
  });

  async function heldNow(): Promise<number> {
    return ((await api('GET', at('/status'))).body as { held: number }).held;
  }
});
