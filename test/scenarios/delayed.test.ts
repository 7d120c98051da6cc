/** What is announced as failing for more than an hour: only what was tried for so long. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Company, Fields } from '../support/company.ts';
import { databaseKinds } from '../support/database.ts';
import { until } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { startBetween } from '../support/target.ts';

const needsSchema = z.object({ items: z.array(z.looseObject({ kind: z.string() })) });
const holdsSchema = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });

describe.each(databaseKinds)('what fails for more than an hour, on the %s database', async (kind) => {
  const { company: begins, rollcall, segment } = await stage(kind);
  const { db } = rollcall.database;
  const nothing = { announced: [], condition: 'working' };

  /** A company whose application takes nothing while it is down, though it can be read. */
  const frail = async (connection: Fields = {}) => {
    let down = false;
    const baseUrl = await startBetween(segment.baseUrl, ({ method }, pass) =>
      down && method !== 'GET' ? { status: 503, body: '' } : pass(),
    );
    const users = ['ada', 'bob'];
    const company = await begins({ users, groups: { Staff: users }, connection: { ...connection, baseUrl } });
    return { company, isDown: (is: boolean) => void (down = is) };
  };

  const failing = async (company: Company) => {
    const { items } = needsSchema.parse(await company.call('GET', '/attention'));
    return {
      announced: items.map(({ kind: need }) => need),
      condition: (await company.status())['condition'],
    };
  };
  const tries = async (company: Company): Promise<number> =>
    z
      .object({ total: z.number() })
      .parse(await company.call('GET', `/events?application=${company.applicationId}&outcome=later`)).total;
  const failsAgain = async (company: Company, times = 1): Promise<void> => {
    const before = await tries(company);
    await until('it has failed again', async () => (await tries(company)) >= before + times);
  };
  const hoursPass = (): Promise<unknown> =>
    sql`
      UPDATE links SET error = error || jsonb_build_object('since', now() - interval '3 hours') WHERE error ? 'since'`.execute(
      db,
    );
  const pauses = async (company: Company): Promise<void> => {
    await segment.behaves({ unauthorized: true });
    await until('it is paused', async () => (await company.status()).state === 'paused');
  };
  const resumes = async (company: Company): Promise<void> => {
    await segment.behaves({ unauthorized: false });
    await company.resumes();
  };

  it('R44: it is announced once it has failed for an hour, however old the change is', async () => {
    const { company, isDown } = await frail();
    await segment.behaves({ unauthorized: true });
    await company.changes('ada', { lastname: 'Paused' });
    await pauses(company);
    await sql`UPDATE pending SET cause = cause || jsonb_build_object('at', now() - interval '2 hours')`.execute(
      db,
    );
    isDown(true);
    await resumes(company);
    await failsAgain(company, 3);
    expect(await failing(company)).toEqual(nothing);
    await hoursPass();
    await failsAgain(company);
    expect(await failing(company)).toEqual({ announced: ['delayed'], condition: 'failing' });
    isDown(false);
    await company.untilIdle();
    expect(await failing(company)).toEqual({ announced: [], condition: 'in-step' });
  });

  it('R5, R44: what failed before the connection was deactivated or paused has to fail for an hour anew', async () => {
    const { company, isDown } = await frail();
    isDown(true);
    await company.changes('ada', { lastname: 'Byron' });
    await failsAgain(company);
    await company.deactivates();
    await hoursPass();
    await company.activates();
    expect(await failing(company)).toEqual(nothing);
    await failsAgain(company);
    expect(await failing(company)).toEqual(nothing);
    isDown(false);
    await pauses(company);
    await hoursPass();
    isDown(true);
    await resumes(company);
    expect(await failing(company)).toEqual(nothing);
    await failsAgain(company);
    expect(await failing(company)).toEqual(nothing);
    isDown(false);
    await company.untilIdle();
  });

  it.each(['approve', 'reject', 'return'] as const)(
    'R44, R46: what failed before its user was held has to fail for an hour anew, after: %s',
    async (how) => {
      const { company, isDown } = await frail({ threshold: { number: 0, percent: 0 } });
      isDown(true);
      await company.changes('ada', { lastname: 'Byron' });
      await failsAgain(company);
      await company.suspends('ada');
      await until('it is held', async () => (await company.status()).held === 1);
      await hoursPass();
      if (how !== 'return') {
        const { items } = holdsSchema.parse(await company.ask('GET', '/holds'));
        await company.ask('POST', `/holds/${items[0]?.id ?? 'none'}/${how}`);
      }
      if (how !== 'approve') await company.reinstates('ada');
      await failsAgain(company);
      expect(await failing(company)).toEqual(nothing);
      isDown(false);
      await company.untilIdle();
    },
  );
});
