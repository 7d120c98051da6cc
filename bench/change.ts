/** One change in directories of different sizes: from the API's answer to the target having it. */
import { directory } from './directory.ts';
import {
  activate,
  addApplication,
  startLab,
  summary,
  until,
  untilIdle,
  type DatabaseKind,
  type Lab,
} from './lab.ts';
import { percentile, report } from './report.ts';

export interface ChangeOptions {
  readonly database: DatabaseKind;
  readonly directory: readonly number[];
  readonly rounds: number;
}

const GROUP_SIZE = 100;
const PACE = { concurrency: 32, latencyMs: 0 };

interface Times {
  readonly attribute: number[];
  readonly membership: number[];
}

export async function benchChange(options: ChangeOptions): Promise<void> {
  const bySize: { size: number; times: Times }[] = [];
  for (const size of options.directory) bySize.push({ size, times: await measure(options, size) });
  const smallest = bySize[0];
  for (const { size, times } of bySize) {
    for (const kind of ['attribute', 'membership'] as const) {
      const name = `${kind}, directory of ${size}, ${options.database}`;
      const p50 = percentile(times[kind], 0.5);
      const ratio = smallest === undefined ? 1 : p50 / percentile(smallest.times[kind], 0.5);
      report({
        bench: 'change',
        case: `${name}: p50`,
        value: p50,
        unit: 'ms',
        ratio,
        bar: 'ratio to the smallest <= 1.5',
        holds: ratio <= 1.5,
      });
      report({
        bench: 'change',
        case: `${name}: p99`,
        value: percentile(times[kind], 0.99),
        unit: 'ms',
        ratio: null,
        bar: 'none',
        holds: true,
      });
    }
  }
}

async function measure({ database, rounds }: ChangeOptions, size: number): Promise<Times> {
  const sizes = [...Array.from({ length: Math.ceil(size / GROUP_SIZE) }, () => GROUP_SIZE), 1];
  const people = directory(size, sizes);
  const lab = await startLab(database, people.seed);
  try {
    const application = await addApplication(
      lab,
      PACE,
      people.groups.map((group) => group.id),
    );
    await lab.control('PATCH', '/behaviour', { userUpdates: 'apply' });
    await activate(lab, application);
    await until(lab, (state) => state.members === size && state.memberships >= size + 1);
    await untilIdle(lab, application);
    return await changes(lab, application, people, rounds);
  } finally {
    await lab.close();
  }
}

async function changes(
  lab: Lab,
  application: string,
  people: ReturnType<typeof directory>,
  rounds: number,
): Promise<Times> {
  const times: Times = { attribute: [], membership: [] };
  const group = people.groups.at(-1);
  if (group === undefined) throw new Error('There is no group');
  for (let round = 0; round < rounds; round += 1) {
    const user = people.users[(round * 7919 + 1) % people.users.length] ?? '';
    times.attribute.push(
      await timed(lab, () => lab.api('PATCH', `/users/${user}`, { firstname: `Changed${round}` })),
    );
    await untilIdle(lab, application);
    times.membership.push(
      await timed(lab, () => lab.api('POST', `/groups/${group.id}/members`, { add: [user] })),
    );
    await untilIdle(lab, application);
  }
  return times;
}

/** From the API's answer until the target has been written to, in milliseconds. */
async function timed(lab: Lab, change: () => Promise<unknown>): Promise<number> {
  const before = (await summary(lab)).requests;
  await change();
  const answered = performance.now();
  while ((await summary(lab)).requests === before) {
    if (performance.now() - answered > 30_000) throw new Error('The change did not arrive within 30 s');
  }
  return performance.now() - answered;
}
