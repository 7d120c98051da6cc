/** To whom an import gives an account, and what becomes of those to whom it cannot (R31). */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Company } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { importer, type Importer } from '../support/imports.ts';
import { until } from '../support/scene.ts';
import { emailOf } from '../support/segment.ts';
import { stage } from '../support/stage.ts';
import { startBetween } from '../support/target.ts';

const usersSchema = z.object({ items: z.array(z.looseObject({ username: z.string() })) });

describe.each(databaseKinds)('whom an import links, on the %s database', async (kind) => {
  const { company: begins, rollcall, segment } = await stage(kind);
  const importsOf = ({ applicationId }: Company): Importer =>
    importer({ api: rollcall.api, at: (path) => `/applications/${applicationId}${path}` });
  const usernames = async (company: Company): Promise<string[]> =>
    usersSchema.parse(await company.call('GET', '/users')).items.map(({ username }) => username);

  it('R31, R49: nobody is made of an account that is gone by the time it is tried again', async () => {
    const company = await begins();
    await segment.hasMember('ada');
    const imports = importsOf(company);
    await imports.read();
    const [ada] = await imports.idsOf(emailOf('ada'));
    const first = await imports.start({ remoteIds: [ada], overrides: { [ada]: { email: 'wrong' } } });
    expect(first.counts).toMatchObject({ failed: 1 });
    await segment.deletes('Users', 'ada');
    await imports.read();
    const again = await imports.retry(first.id, { overrides: { [ada]: { email: null } } });
    expect(again).toMatchObject({
      counts: { created: 0, failed: 1 },
      results: [{ userId: null, errors: [{ path: 'remoteId' }] }],
    });
    expect(await usernames(company)).toEqual([]);
  });

  it('R31: two accounts of one name, however it is written, never become two people', async () => {
    const company = await begins();
    await segment.hasMember('ada');
    await segment.hasMember('bob');
    const imports = importsOf(company);
    await imports.read();
    const [ada, bob] = await imports.idsOf(emailOf('ada'), emailOf('bob'));
    const { counts, results } = await imports.start({
      remoteIds: [ada, bob],
      overrides: {
        [ada]: { username: 'ada', email: 'shared@acme.test' },
        [bob]: { username: 'bob', email: 'Shared@Acme.test' },
      },
    });
    expect(counts).toMatchObject({ total: 2, created: 1, failed: 1 });
    const failed = results?.find(({ outcome }) => outcome === 'failed');
    expect(failed?.errors[0]?.message).toContain('who has another account in this application already');
    expect(await usernames(company)).toHaveLength(1);
  });

  it('R31: of two accounts that are both like one person, one is theirs, and the other says so', async () => {
    const company = await begins({ users: [{ name: 'ada', email: emailOf('lovelace') }] });
    await segment.hasMember('ada');
    await segment.hasMember('lovelace');
    const imports = importsOf(company);
    await imports.read();
    const { counts, results } = await imports.start({ all: true });
    expect(counts).toMatchObject({ total: 2, linked: 1, failed: 1, waiting: 0 });
    const failed = results?.find(({ outcome }) => outcome === 'failed');
    expect(failed?.errors[0]?.message).toContain('who has another account in this application already');
  });

  it('R12, R31, R42: whose account may have been made without an answer is not imported, and leaves', async () => {
    let loses = true;
    const asksForAda = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'POST' || path.includes('filter');
    const baseUrl = await startBetween(segment.baseUrl, async (asked, pass) => {
      const answered = await pass();
      if (loses && asked.path.startsWith('/Users') && asksForAda(asked))
        throw new Error('The answer is lost.');
      return answered;
    });
    const company = await begins({
      users: ['ada'],
      groups: { Staff: ['ada'] },
      active: false,
      connection: { baseUrl },
    });
    await company.activates();
    await until('she is there', async () => (await segment.holds()).people.includes('ada'));
    const imports = importsOf(company);
    await imports.read();
    await company.deactivates();
    await company.suspends('ada');
    const { counts, results } = await imports.start({ all: true });
    expect(counts).toMatchObject({ linked: 0, failed: 1 });
    expect(results?.[0]?.errors[0]?.message).toContain('is about to provision');
    loses = false;
    await company.activates();
    await company.untilIdle();
    expect((await segment.holds()).people).toEqual([]);
  });

  it('R12, R31, R42: nor is whoever a process that died had under way', async () => {
    const company = await begins({ users: ['ada', 'bob'], groups: { Staff: ['bob'] } });
    await segment.hasMember('ada');
    const imports = importsOf(company);
    await imports.read();
    const [remoteId] = await imports.idsOf(emailOf('ada'));
    await company.deactivates();
    const left = { id: company.userId('ada'), name: 'Ada', creates: true, sent_as: emailOf('ada') };
    await sql`
      INSERT INTO lane_sending (application_id, epoch, steps)
      VALUES (${company.applicationId}, 0, ${JSON.stringify([left])}::json)`.execute(rollcall.database.db);
    const { results } = await imports.start({ remoteIds: [remoteId] });
    expect(results?.[0]?.errors[0]?.message).toContain('is about to provision');
    await company.activates();
    await company.untilIdle();
    expect((await segment.holds()).people).toEqual(['bob']);
  });
});
