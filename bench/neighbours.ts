/**
 * Whether applications suffer from bad neighbours: the time from a change to the target of a good application, with many applications on
 * several processes, while a few targets hang, refuse or lie, and while these are switched off. Everybody who is changed is in the
 * bad applications too, so that each change gives these something to do.
 */
import { addApplications, beginAll, type Wanted } from './applications.ts';
import { changeSteadily, sleep } from './arrivals.ts';
import { startBadTargets, VICES, type BadTargets } from './bad-targets.ts';
import { directory, type Directory } from './directory.ts';
import { newToken, startLab, startWorkers, until, withDatabase, type Lab, type Seed } from './lab.ts';
import type { Part } from './part.ts';
import { percentile, report } from './report.ts';

export interface NeighboursOptions {
  readonly applications: number;
  readonly workers: number;
  /** How many applications have each vice. */
  readonly bad: number;
  /** Changes a second. */
  readonly rate: number;
  /** How long changes are made, with and without the bad ones. */
  readonly seconds: number;
}

/** Each half of the time with and without the bad ones, in turns, so that a machine that slows down does so for both. */
const TURNS = 2;
/** Changes before anything is measured, in seconds. */
const WARM_UP = 3;
/** The bad ones have so many milliseconds to take what they can get. */
const HEAD_START_MS = 2000;
const BAR = 1.2;

/** Whom there is, and in which groups. */
interface Company {
  readonly everybody: Directory;
  readonly good: Directory['groups'];
  readonly bad: Directory['groups'];
}

/** Where everything is. */
interface Scene {
  readonly lab: Lab;
  readonly people: Company;
  readonly badTargets: BadTargets;
  readonly badIds: readonly string[];
}

/** Enough people for a change each, at least two in each good application; everybody is in one bad application of each vice, too. */
function company({ applications, bad, rate, seconds }: NeighboursOptions): Company {
  const changes = rate * (2 * seconds + WARM_UP);
  const each = Math.max(2, Math.ceil(changes / applications));
  const good = Array.from({ length: applications }, () => each);
  const share = Array.from({ length: bad }, () => Math.ceil((applications * each) / bad));
  const everybody = directory(applications * each, [...good, ...share]);
  return {
    everybody,
    good: everybody.groups.slice(0, applications),
    bad: everybody.groups.slice(applications),
  };
}

function goodOnes({ good }: Company, baseUrl: string, token: string): Wanted[] {
  const settings = { baseUrl, behaviour: { inventoryHours: 0 } };
  return good.map(({ id, name }) => ({
    label: `Good: ${name}`,
    groupIds: [id],
    settings,
    token,
    active: true,
  }));
}

function badOnes({ bad }: Company, targets: BadTargets): Wanted[] {
  const behaviour = { inventoryHours: 0, probe: { serviceProviderConfig: 'skip' as const } };
  return VICES.flatMap((vice) =>
    bad.map(({ id, name }) => ({
      label: `One that ${vice}: ${name}`,
      groupIds: [id],
      settings: { baseUrl: targets.baseUrl(vice), behaviour },
      token: 'bench',
      active: false,
    })),
  );
}

async function activateBad({ lab, badIds }: Scene): Promise<void> {
  for (const id of badIds) await lab.api('POST', `/applications/${id}/identity-management/activate`);
  await sleep(HEAD_START_MS);
}

/** A deactivation waits for what is under way, which would be until the timeout where a target hangs. */
async function deactivateBad({ lab, badIds, badTargets }: Scene): Promise<void> {
  const cutting = setInterval(badTargets.letGo, 100);
  const off = (id: string) => lab.api('POST', `/applications/${id}/identity-management/deactivate`);
  await Promise.all(badIds.map(off)).finally(() => clearInterval(cutting));
}

/** Hands out everybody once, one of each application after the other. */
function queueOf({ good }: Company): (count: number) => string[] {
  const members = good.map((group) => group.members);
  const order = (members[0] ?? []).flatMap((_, turn) => members.map((one) => one[turn] ?? ''));
  return (count) => order.splice(0, count);
}

interface Times {
  readonly without: number[];
  readonly with: number[];
}

async function measure(scene: Scene, { rate, seconds }: NeighboursOptions): Promise<Times> {
  const { lab, people } = scene;
  const next = queueOf(people);
  const times: Times = { without: [], with: [] };
  const turn = Math.floor((rate * seconds) / TURNS);
  await changeSteadily(lab, next(rate * WARM_UP), rate);
  for (let done = 0; done < TURNS; done += 1) {
    times.without.push(...(await changeSteadily(lab, next(turn), rate)));
    await activateBad(scene);
    times.with.push(...(await changeSteadily(lab, next(turn), rate)));
    await deactivateBad(scene);
  }
  return times;
}

/** Provisions the good ones for the first time. Answers how many seconds that took. */
async function firstSync(lab: Lab, { everybody }: Company): Promise<number> {
  const started = performance.now();
  await withDatabase(lab, beginAll);
  await until(lab, (state) => state.memberships === everybody.users.length);
  return (performance.now() - started) / 1000;
}

function tell(options: NeighboursOptions, times: Times, firstSeconds: number): void {
  const { applications, workers, bad } = options;
  const place = `${applications} applications, ${workers} workers and a server`;
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const value = percentile(times.with, share);
    const ratio = value / percentile(times.without, share);
    report({
      bench: 'neighbours',
      case: `one change beside ${bad} that hang, ${bad} that refuse, ${bad} that lie; ${place}: ${name}`,
      value,
      unit: 'ms',
      ratio,
      bar: `ratio to the same without them <= ${BAR}`,
      holds: ratio <= BAR,
    });
  }
  report({
    bench: 'neighbours',
    case: `first provisioning of ${place}`,
    value: applications / firstSeconds,
    unit: 'applications/s',
    ratio: null,
    bar: 'none',
    holds: true,
  });
}

export async function benchNeighbours(options: NeighboursOptions): Promise<void> {
  const people = company(options);
  const badTargets = await startBadTargets();
  let badIds: string[] = [];
  const seed: Seed = async (db, ground) => {
    await people.everybody.seed(db);
    const good = goodOnes(people, `${ground.sandbox.url}/scim/v2`, await newToken(ground));
    const all = [...good, ...badOnes(people, badTargets)];
    badIds = (await addApplications(db, ground.secrets, all)).slice(good.length);
  };
  const lab = await startLab('postgres', seed);
  const workers: Part[] = [];
  try {
    await lab.control('PATCH', '/behaviour', { userUpdates: 'apply' });
    workers.push(...(await startWorkers(lab, options.workers)));
    const firstSeconds = await firstSync(lab, people);
    const times = await measure({ lab, people, badTargets, badIds }, options);
    tell(options, times, firstSeconds);
  } finally {
    badTargets.close();
    await Promise.all(workers.map((worker) => worker.close()));
    await lab.close();
  }
}
