/**
 * What more processes bring: a first provisioning of many applications by one, two and four workers, against one. Each request
 * must not cost more with many of them; how much faster they are depends on the cores, which PostgreSQL and the target share.
 */
import { availableParallelism } from 'node:os';
import { addApplications, beginAll } from './applications.ts';
import { directory } from './directory.ts';
import { newToken, startGround, startWorkers, summary, until, withDatabase, type Ground } from './lab.ts';
import type { Part } from './part.ts';
import { report } from './report.ts';

export interface ScaleOptions {
  readonly applications: number;
  /** In each application. */
  readonly users: number;
  /** How many workers, case by case. */
  readonly workers: readonly number[];
}

/** In this share of the work nothing is measured yet: processes come into their stride. */
const WARM_UP_SHARE = 1 / 4;
/** A worker keeps itself busy, and PostgreSQL and the target about as much again. */
const CORES_OF_A_WORKER = 2;
/** Of the speed-up that the cores allow for. */
const SHARE_OF_SPEED_UP = 0.7;
/** Where the cores are busy already, more workers may be in each other's way by so much. */
const NO_SLOWER = 0.8;

/** Requests in a second, and in a second of the workers' processor time. */
interface Speed {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

async function ground({ applications, users }: ScaleOptions): Promise<Ground> {
  const people = directory(
    applications * users,
    Array.from({ length: applications }, () => users),
  );
  return startGround('postgres', async (db, { control, sandbox, secrets }) => {
    await people.seed(db);
    await control('PATCH', '/behaviour', { journal: false });
    const token = await newToken({ control });
    const rate = { requestsPerSecond: 100_000, concurrency: 32 };
    const settings = { baseUrl: `${sandbox.url}/scim/v2`, behaviour: { rate } };
    const wanted = people.groups.map(({ id, name }) => ({
      label: name,
      groupIds: [id],
      settings,
      token,
      active: true,
    }));
    await addApplications(db, secrets, wanted);
  });
}

/** Where everything stands at one moment. */
async function look(lab: Ground, workers: readonly Part[]) {
  const usages = await Promise.all(workers.map((worker) => worker.usage()));
  const cpuSeconds = usages.reduce((sum, usage) => sum + usage.cpuSeconds, 0);
  return { seconds: performance.now() / 1000, cpuSeconds, requests: (await summary(lab)).requests };
}

async function measure(options: ScaleOptions, count: number): Promise<Speed> {
  const lab = await ground(options);
  const everybody = options.applications * options.users;
  let workers: readonly Part[] = [];
  try {
    workers = await startWorkers(lab, count);
    await withDatabase(lab, beginAll);
    await until(lab, ({ members }) => members >= everybody * WARM_UP_SHARE);
    const from = await look(lab, workers);
    await until(lab, ({ memberships }) => memberships === everybody);
    const to = await look(lab, workers);
    const requests = to.requests - from.requests;
    return {
      perSecond: requests / (to.seconds - from.seconds),
      perCpuSecond: requests / (to.cpuSeconds - from.cpuSeconds),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    await lab.close();
  }
}

/** What is asked of so many workers on this machine, as a ratio to one. */
export function speedUpAskedFor(workers: number, cores: number): number {
  const together = Math.min(workers, cores / CORES_OF_A_WORKER);
  return together > 1 ? SHARE_OF_SPEED_UP * together : NO_SLOWER;
}

function tell({ applications }: ScaleOptions, workers: number, speed: Speed, one: Speed): void {
  const cores = availableParallelism();
  const place = `${applications} applications, ${workers} ${workers === 1 ? 'worker' : 'workers'}, ${cores} cores`;
  const asked = workers === 1 ? 1 : speedUpAskedFor(workers, cores);
  const ratio = speed.perSecond / one.perSecond;
  report({
    bench: 'scale',
    case: place,
    value: speed.perSecond,
    unit: 'requests/s',
    ratio,
    bar: `ratio to one worker >= ${asked}`,
    holds: ratio >= asked,
  });
  const costs = speed.perCpuSecond / one.perCpuSecond;
  report({
    bench: 'scale',
    case: `${place}: processor time`,
    value: speed.perCpuSecond,
    unit: 'requests/CPU second',
    ratio: costs,
    bar: `ratio to one worker >= ${NO_SLOWER}`,
    holds: costs >= NO_SLOWER,
  });
}

export async function benchScale(options: ScaleOptions): Promise<void> {
  let one: Speed | undefined;
  for (const workers of options.workers) {
    const speed = await measure(options, workers);
    one ??= speed;
    tell(options, workers, speed, one);
  }
}
