/** One member more in a large group: one request, and no more time than in a small one (R22). */
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

export interface GroupOptions {
  readonly database: DatabaseKind;
  readonly members: number;
  readonly rounds: number;
}

const SMALL = 10;

export async function benchGroup(options: GroupOptions): Promise<void> {
  const spare = options.rounds * 2;
  const people = directory(options.members + spare, [options.members, SMALL, options.members + spare]);
  const [large, small, all] = people.groups;
  if (large === undefined || small === undefined || all === undefined) throw new Error('There are no groups');
  const newcomers = people.users.slice(options.members);
  const lab = await startLab(options.database, people.seed);
  try {
    const application = await addApplication(
      lab,
      { concurrency: 32, latencyMs: 0 },
      people.groups.map((group) => group.id),
    );
    await lab.api('PATCH', `/applications/${application}/identity-management`, {
      behaviour: {
        rate: { requestsPerSecond: 100_000, concurrency: 32 },
        groups: { membersPerRequest: 1000 },
      },
    });
    await activate(lab, application);
    const memberships = people.groups.reduce((sum, group) => sum + new Set(group.members).size, 0);
    await until(lab, (state) => state.memberships === memberships);
    await untilIdle(lab, application);
    const inLarge = await addEach(lab, application, large.id, newcomers.slice(0, options.rounds));
    const inSmall = await addEach(lab, application, small.id, newcomers.slice(options.rounds));
    const ratio = percentile(inLarge.times, 0.5) / percentile(inSmall.times, 0.5);
    const name = `one member into a group of ${options.members}, ${options.database}`;
    report({
      bench: 'group',
      case: name,
      value: percentile(inLarge.times, 0.5),
      unit: 'ms',
      ratio,
      bar: `ratio to a group of ${SMALL} <= 2`,
      holds: ratio <= 2,
    });
    report({
      bench: 'group',
      case: `${name}: requests`,
      value: inLarge.requests / options.rounds,
      unit: 'requests',
      ratio: null,
      bar: '= 1',
      holds: inLarge.requests === options.rounds,
    });
  } finally {
    await lab.close();
  }
}

/** Adds users who have an account already, one by one: how long each took from the API's answer, and how many requests in all. */
async function addEach(
  lab: Lab,
  application: string,
  group: string,
  users: readonly string[],
): Promise<{ times: number[]; requests: number }> {
  const before = await summary(lab);
  let { memberships } = before;
  const times = [];
  for (const user of users) {
    await lab.api('POST', `/groups/${group}/members`, { add: [user] });
    const answered = performance.now();
    const wanted = (memberships += 1);
    while ((await summary(lab)).memberships < wanted) {
      if (performance.now() - answered > 30_000) throw new Error('The member was not there after 30 s');
    }
    times.push(performance.now() - answered);
    await untilIdle(lab, application);
  }
  return { times, requests: (await summary(lab)).requests - before.requests };
}
