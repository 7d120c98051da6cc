/**
 * The stage on which stories play: a whole Rollcall and Segment's stand-in. After each story the application must be at
 * rest: a second plan is empty, and reading all of Segment again changes nothing there.
 */
import type { Logger } from 'pino';
import { afterEach, expect } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../src/log.ts';
import { getApplication } from '../../src/store/applications.ts';
import { transact } from '../../src/store/transact.ts';
import { made } from './api.ts';
import { call, companyOf, person, writes, type Company, type Fields, type Ids } from './company.ts';
import type { DatabaseKind } from './database.ts';
import { startRollcall, type TestRollcall } from './rollcall.ts';
import { enableSso } from './sso.ts';
import { startSegment, type Segment } from './segment.ts';

type Members = Readonly<Record<string, readonly string[]>>;

/** How a story begins. */
export interface Beginning {
  /** Active people: a name alone, or with what else the directory says of them. */
  readonly users?: readonly (string | (Fields & { readonly name: string }))[];
  /** Groups bound to the application, with their members. */
  readonly groups?: Members;
  /** Groups that are not bound. */
  readonly unbound?: Members;
  /** Toggles of the sandbox from the start. */
  readonly segment?: Fields;
  /** What is set of the connection beside the sandbox's address and a token of it, or in their place. */
  readonly connection?: Fields;
  /** The connector; Segment's where it is left out. */
  readonly connector?: string;
  /** False leaves single sign-on off, which Segment's connection needs (R2). */
  readonly sso?: boolean;
  /** False leaves the connection inactive; otherwise the story begins when all is provisioned. */
  readonly active?: boolean;
}

export interface Stage {
  readonly rollcall: TestRollcall;
  readonly segment: Segment;
  /** Begins a story: whatever was there before is gone. */
  readonly company: (beginning?: Beginning) => Promise<Company>;
  /** Where a story ends with something refused, which a look at everything would try again: what a plan then says. */
  readonly endsWith: (summary: Readonly<Record<string, number>>) => void;
}

const listSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const resultsSchema = z.object({ results: z.array(z.looseObject({ id: z.string() })) });

async function idsOf(rollcall: TestRollcall, path: string): Promise<string[]> {
  return listSchema.parse(await call(rollcall, 'GET', `${path}?limit=1000`)).items.map(({ id }) => id);
}

/** Nothing of the story before is left. */
async function clear(rollcall: TestRollcall): Promise<void> {
  for (const id of await idsOf(rollcall, '/applications')) {
    await rollcall.api('POST', `/applications/${id}/identity-management/deactivate`);
    await call(rollcall, 'DELETE', `/applications/${id}`);
  }
  for (const noun of ['/groups', '/users'])
    await Promise.all((await idsOf(rollcall, noun)).map((id) => call(rollcall, 'DELETE', `${noun}/${id}`)));
}

async function employ(rollcall: TestRollcall, users: NonNullable<Beginning['users']>): Promise<Ids> {
  if (users.length === 0) return new Map();
  const people = users.map((user) => (typeof user === 'string' ? { name: user } : user));
  const rows = people.map(({ name, ...fields }) => ({ ...person(name), ...fields }));
  const { results } = resultsSchema.parse(await call(rollcall, 'POST', '/users/bulk', { users: rows }));
  return new Map(people.map(({ name }, at) => [name, results[at]?.id ?? '']));
}

/** Past the API, where the first settings come with a new key: no story signs in, and a key takes tenths of a second to make. */
async function turnOnSso({ database }: TestRollcall, applicationId: string): Promise<void> {
  await transact(database, async (tx) => enableSso(tx, await getApplication(tx, applicationId)));
}

async function begin(rollcall: TestRollcall, segment: Segment, beginning: Beginning): Promise<Company> {
  const { connector = 'segment', users = [], groups = {}, unbound = {} } = beginning;
  await clear(rollcall);
  await segment.reset();
  await segment.behaves(beginning.segment ?? {});
  const applicationId = await made({ call: rollcall.api }, '/applications', { connector, label: 'Segment' });
  const company = companyOf(rollcall, segment, applicationId, await employ(rollcall, users));
  for (const [name, members] of Object.entries({ ...groups, ...unbound }))
    await company.founds(name, members);
  await company.binds(...Object.keys(groups));
  if ((beginning.sso ?? true) && connector === 'segment') await turnOnSso(rollcall, applicationId);
  const target = { baseUrl: segment.baseUrl, token: await segment.newToken() };
  await company.configures({ ...target, ...beginning.connection });
  if (beginning.active ?? true) await company.activates();
  if (beginning.active ?? true) await company.untilIdle();
  return company;
}

/** The end of every story: at rest, however often everything is looked at again. */
async function endStory(company: Company, leftToSend?: Readonly<Record<string, number>>): Promise<void> {
  const isActive = (await company.status()).state === 'active';
  if (isActive) await company.untilIdle();
  expect(await company.plans(), 'the plan after the story').toEqual(leftToSend ?? {});
  if (!isActive || leftToSend !== undefined) return;
  const again = await company.sends(() => company.ask('POST', '/sync', { full: true }));
  expect(writes(again), 'what reading everything again sends').toEqual([]);
  expect(await company.plans(), 'the plan after reading everything again').toEqual({});
}

/** Builds the stage of one test file; it ends with the file. */
export async function stage(kind: DatabaseKind, log: Logger = silentLogger): Promise<Stage> {
  const rollcall = await startRollcall(kind, {}, log);
  const segment = await startSegment();
  let current: Company | undefined;
  let leftToSend: Readonly<Record<string, number>> | undefined;
  afterEach(async ({ task }) => {
    if (current !== undefined && task.result?.state !== 'fail') await endStory(current, leftToSend);
  });
  return {
    rollcall,
    segment,
    company: async (beginning = {}) => {
      leftToSend = undefined;
      current = await begin(rollcall, segment, beginning);
      return current;
    },
    endsWith: (summary) => {
      leftToSend = summary;
    },
  };
}
