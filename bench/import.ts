/** Reading a whole application and importing it, against a loop that only reads its pages. */
import { request } from 'undici';
import { z } from 'zod';
import { addApplication, activate, newToken, startLab, summary, type DatabaseKind, type Lab } from './lab.ts';
import { report } from './report.ts';
import { userNameOf } from './directory.ts';

export interface ImportOptions {
  readonly database: DatabaseKind;
  readonly users: number;
}

const PAGE = 100;

const pageSchema = z.object({ Resources: z.array(z.unknown()), totalResults: z.number() });
const idSchema = z.looseObject({ id: z.string() });
const listSchema = z.looseObject({
  roster: z.looseObject({ state: z.string(), message: z.string().nullable() }),
});
const importSchema = z.looseObject({ state: z.string(), counts: z.looseObject({ created: z.number() }) });

/** People in the application whom Rollcall does not know. */
async function people(lab: Lab, count: number): Promise<void> {
  for (let from = 0; from < count; from += PAGE)
    await Promise.all(
      Array.from({ length: Math.min(PAGE, count - from) }, (_, at) =>
        lab.control('POST', '/members', {
          userName: userNameOf(from + at),
          displayName: `First${at} Last${from}`,
        }),
      ),
    );
}

/** Reads every page and keeps nothing. Answers users per second. */
async function barePaging(lab: Lab, users: number): Promise<number> {
  const headers = { authorization: `Bearer ${await newToken(lab)}` };
  const started = performance.now();
  for (let start = 1; start <= users; start += PAGE) {
    const answer = await request(`${lab.sandbox.url}/scim/v2/Users?startIndex=${start}&count=${PAGE}`, {
      headers,
    });
    pageSchema.parse(await answer.body.json());
  }
  return users / ((performance.now() - started) / 1000);
}

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function readAll(lab: Lab, application: string): Promise<number> {
  const started = performance.now();
  await lab.api('POST', `/applications/${application}/import/users/refresh`);
  await until(async () => {
    const { roster } = listSchema.parse(
      await lab.api('GET', `/applications/${application}/import/users?limit=1`),
    );
    if (roster.state === 'failed') throw new Error(roster.message ?? '');
    return roster.state === 'read';
  });
  return (performance.now() - started) / 1000;
}

async function importAll(lab: Lab, application: string, users: number): Promise<number> {
  const started = performance.now();
  const { id } = idSchema.parse(await lab.api('POST', `/applications/${application}/imports`, { all: true }));
  await until(async () => {
    const found = importSchema.parse(await lab.api('GET', `/applications/${application}/imports/${id}`));
    if (found.state === 'done' && found.counts.created !== users)
      throw new Error(JSON.stringify(found.counts));
    return found.state === 'done';
  });
  return (performance.now() - started) / 1000;
}

export async function benchImport({ database, users }: ImportOptions): Promise<void> {
  const lab = await startLab(database, () => Promise.resolve());
  try {
    const application = await addApplication(lab, { concurrency: 32, latencyMs: 0 }, []);
    await people(lab, users);
    const before = await barePaging(lab, users);
    await lab.api('PATCH', `/applications/${application}/identity-management`, {
      token: await newToken(lab),
    });
    await activate(lab, application);
    const { requests } = await summary(lab);
    const reading = await readAll(lab, application);
    const importing = await importAll(lab, application, users);
    const asked = (await summary(lab)).requests - requests;
    const peak = (await lab.server.usage()).peak / 1e6;
    const bare = (before + (await barePaging(lab, users))) / 2;
    const value = users / (reading + importing);
    const name = `${users} users, ${database}`;
    const common = { bench: 'import', ratio: null, bar: 'none', holds: true };
    report({
      ...common,
      case: name,
      value,
      unit: 'users/s',
      ratio: value / bare,
    });
    report({
      ...common,
      case: `${name}: reading`,
      value: users / reading,
      unit: 'users/s',
      ratio: users / reading / bare,
    });
    report({
      ...common,
      case: `${name}: requests`,
      value: asked / Math.ceil(users / PAGE),
      unit: 'requests/page',
    });
    report({ ...common, case: `${name}: memory`, value: peak, unit: 'MB', bar: '< 400', holds: peak < 400 });
  } finally {
    await lab.close();
  }
}
