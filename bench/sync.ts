/** First provisioning of a whole directory, against the bare loop in the same run. */
import { bareSync } from './bare.ts';
import { directory } from './directory.ts';
import {
  activate,
  addApplication,
  newToken,
  startLab,
  summary,
  until,
  type DatabaseKind,
  type Lab,
  type Pace,
} from './lab.ts';
import { report } from './report.ts';

export interface SyncOptions {
  readonly database: DatabaseKind;
  readonly users: number;
  readonly latency: number;
  readonly concurrency: number;
}

const GROUPS = 100;
/** So many other people go first, so that neither side is measured while its code is still being compiled. */
const WARM_UP = 2000;

/** The bars of the issue: far from the target the network is what takes time; beside it, the engine is. */
function barOf({ database, latency }: SyncOptions): number {
  if (latency > 0) return 0.9;
  return database === 'postgres' ? 0.5 : 0.25;
}

async function warmUp(lab: Lab, pace: Pace, groupIds: readonly string[]): Promise<void> {
  const application = await addApplication(lab, pace, groupIds);
  await activate(lab, application);
  await until(lab, (now) => now.memberships === WARM_UP);
  await lab.api('POST', `/applications/${application}/identity-management/deactivate`);
  await lab.control('POST', '/reset', { keep: ['behaviour'] });
  await bareSync(lab, pace, WARM_UP, [WARM_UP]);
  await lab.control('POST', '/reset', { keep: ['behaviour'] });
}

export async function benchSync(options: SyncOptions): Promise<void> {
  const pace: Pace = { concurrency: options.concurrency, latencyMs: options.latency };
  const sizes = Array.from({ length: GROUPS }, () => Math.ceil(options.users / GROUPS));
  const people = directory(options.users + WARM_UP, [...sizes, WARM_UP]);
  const groupIds = people.groups.map((group) => group.id);
  const lab = await startLab(options.database, people.seed);
  try {
    await warmUp(lab, pace, groupIds.slice(GROUPS));
    const application = await addApplication(lab, pace, groupIds.slice(0, GROUPS));
    const before = await bareSync(lab, pace, options.users, sizes);
    await lab.control('POST', '/reset', { keep: ['behaviour'] });

    await lab.api('PATCH', `/applications/${application}/identity-management`, {
      token: await newToken(lab),
    });
    const { requests: requestsBefore } = await summary(lab);
    const started = performance.now();
    await activate(lab, application);
    const memberships = sizes.reduce((sum, size) => sum + size, 0);
    const state = await until(
      lab,
      (now) => now.members === options.users && now.groups === GROUPS && now.memberships === memberships,
    );
    const seconds = (performance.now() - started) / 1000;
    const { peak } = await lab.server.usage();
    await lab.control('POST', '/reset', { keep: ['behaviour'] });
    const after = await bareSync(lab, pace, options.users, sizes);
    const value = options.users / seconds;
    const name = `${options.users} users, ${GROUPS} groups, ${options.database}${options.latency > 0 ? `, ${options.latency} ms` : ''}, ${options.concurrency} at once`;
    const ratio = value / ((before + after) / 2);
    const bar = barOf(options);
    report({
      bench: 'sync',
      case: name,
      value,
      unit: 'users/s',
      ratio,
      bar: `ratio >= ${bar}`,
      holds: ratio >= bar,
    });
    const each = (state.requests - requestsBefore) / (options.users + GROUPS);
    report({
      bench: 'sync',
      case: `${name}: requests`,
      value: each,
      unit: 'requests/(users+groups)',
      ratio: null,
      bar: '<= 1.02',
      holds: each <= 1.02,
    });
    const megabytes = peak / 1e6;
    const counts = options.database === 'postgres' && options.users >= 100_000;
    report({
      bench: 'sync',
      case: `${name}: memory`,
      value: megabytes,
      unit: 'MB',
      ratio: null,
      bar: counts ? '< 400' : 'none',
      holds: !counts || megabytes < 400,
    });
  } finally {
    await lab.close();
  }
}
