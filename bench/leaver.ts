/** A leaver behind a backlog of creates: how long until the target has it (R45). */
import { z } from 'zod';
import { directory } from './directory.ts';
import { activate, addApplication, startLab, until, untilIdle, type DatabaseKind, type Lab } from './lab.ts';
import { percentile, report } from './report.ts';

export interface LeaverOptions {
  readonly database: DatabaseKind;
  readonly backlog: number;
  readonly latency: number;
  readonly concurrency: number;
  readonly rounds: number;
}

export async function benchLeaver(options: LeaverOptions): Promise<void> {
  const people = directory(options.rounds + options.backlog, [
    options.rounds,
    options.rounds + options.backlog,
  ]);
  const [present, everybody] = people.groups;
  if (present === undefined || everybody === undefined) throw new Error('There are no groups');
  const lab = await startLab(options.database, people.seed);
  try {
    const pace = { concurrency: options.concurrency, latencyMs: options.latency };
    const application = await addApplication(lab, pace, [present.id]);
    await activate(lab, application);
    await until(lab, (state) => state.members === options.rounds);
    await untilIdle(lab, application);
    await lab.api('POST', `/applications/${application}/groups`, { add: [everybody.id] });
    await until(lab, (state) => state.members > options.rounds);
    const times = [];
    for (const user of people.users.slice(0, options.rounds)) times.push(await suspend(lab, user));
    const waiting = z
      .object({ pending: z.number() })
      .parse(await lab.api('GET', `/applications/${application}/status`)).pending;
    const p99 = percentile(times, 0.99);
    const name = `suspensions while ${options.backlog} creates wait (${waiting} at the end), ${options.database}, ${options.latency} ms`;
    report({
      bench: 'leaver',
      case: `${name}: p50`,
      value: percentile(times, 0.5),
      unit: 'ms',
      ratio: null,
      bar: 'none',
      holds: true,
    });
    report({
      bench: 'leaver',
      case: `${name}: p99`,
      value: p99,
      unit: 'ms',
      ratio: null,
      bar: '< 1000',
      holds: p99 < 1000 && waiting > 0,
    });
  } finally {
    await lab.close();
  }
}

/** From the API's answer until the target no longer shows the member, in milliseconds. */
async function suspend(lab: Lab, user: string): Promise<number> {
  const { username } = z
    .object({ username: z.string() })
    .parse(await lab.api('PATCH', `/users/${user}`, { state: 'suspended' }));
  const answered = performance.now();
  for (;;) {
    const gone = await lab.control('GET', `/members/${encodeURIComponent(username)}`).then(
      () => false,
      () => true,
    );
    if (gone) return performance.now() - answered;
    if (performance.now() - answered > 60_000) throw new Error('The leaver was still there after a minute');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
