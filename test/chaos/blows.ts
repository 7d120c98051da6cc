/** What can happen to processes and to what they stand on: planned by the seed alone, and delivered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Line } from '../support/line.ts';
import type { Host } from './host.ts';
import type { Random } from './random.ts';
import { LEASE_SECONDS, type Scene } from './scene.ts';

/** By what a run counts them, with what each is called in its table. */
export const BLOWS = {
  kill: 'processes killed (kill -9)',
  stop: 'processes told to stop (SIGTERM)',
  freeze: 'processes frozen beyond their lease',
  cutDatabase: 'processes cut off from the database',
  slowDatabase: 'processes with a slow database',
  cutTarget: 'processes cut off from the target',
  crashDatabase: 'crashes of PostgreSQL',
} as const;

export type BlowKind = keyof typeof BLOWS;

export interface Blow {
  readonly kind: BlowKind;
  /** The names of the processes whom it strikes. */
  readonly whom: readonly string[];
  readonly afterMs: number;
  /** How long it lasts; of one that ends a process, how long until that is started again. */
  readonly forMs: number;
  /** Of a cut: nobody is told, as with a cable that is pulled; otherwise connections break off, and are refused. */
  readonly silent: boolean;
  /** Of a slow database: how long everything takes on its way. */
  readonly delayMs: number;
}

/** How often each is chosen, out of all of them together. What concerns the database needs PostgreSQL. */
const WEIGHTS: Readonly<Record<BlowKind, number>> = {
  kill: 70,
  stop: 9,
  freeze: 8,
  cutDatabase: 8,
  slowDatabase: 4,
  cutTarget: 7,
  crashDatabase: 8,
};

const kinds = Object.keys(WEIGHTS) as BlowKind[];

const EMBEDDED: ReadonlySet<BlowKind> = new Set(['kill', 'stop', 'freeze', 'cutTarget']);

function pickKind(random: Random, possible: readonly BlowKind[]): BlowKind {
  let left = random.share() * possible.reduce((sum, kind) => sum + WEIGHTS[kind], 0);
  return possible.find((kind) => (left -= WEIGHTS[kind]) < 0) ?? 'kill';
}

function pickWhom(random: Random, names: readonly string[], shareOfAll: number): readonly string[] {
  return random.chance(shareOfAll) ? names : [random.pick(names) ?? ''];
}

const durationOf = (random: Random, kind: BlowKind): number =>
  kind === 'kill' || kind === 'stop' ? random.whole(0, 300) : LEASE_SECONDS * 1000 + random.whole(300, 1500);

/** One blow to some of the processes of these names; where there is only one, its database is embedded. */
export function planBlow(random: Random, names: readonly string[], kind?: BlowKind): Blow {
  const possible = names.length === 1 ? kinds.filter((each) => EMBEDDED.has(each)) : kinds;
  const chosen = kind ?? pickKind(random, possible);
  return {
    kind: chosen,
    whom: chosen === 'crashDatabase' ? [] : pickWhom(random, names, 0.3),
    afterMs: random.whole(100, 1500),
    forMs: durationOf(random, chosen),
    silent: random.chance(0.5),
    delayMs: random.whole(10, 80),
  };
}

type Deliver = (blow: Blow, hosts: readonly Host[], scene: Scene) => Promise<unknown>;

/** A silence is followed by a break: what it held is lost, and does not arrive late. */
async function cut(line: Line, { silent, forMs }: Blow, late: 'arrives' | 'is lost'): Promise<void> {
  if (silent) line.hush();
  else line.break();
  await sleep(forMs);
  if (late === 'is lost') line.break();
  line.mend();
}

const each = (hosts: readonly Host[], work: (host: Host) => Promise<void>): Promise<unknown> =>
  Promise.all(hosts.map(work));

/** Each ends when what it did is over. */
const DELIVER: Readonly<Record<BlowKind, Deliver>> = {
  kill: (blow, hosts) =>
    each(hosts, async ({ program }) => {
      await program.kill();
      await sleep(blow.forMs);
      await program.revive();
    }),
  stop: (blow, hosts) =>
    each(hosts, async ({ program }) => {
      await program.stop();
      await sleep(blow.forMs);
      await program.revive();
    }),
  freeze: (blow, hosts) =>
    each(hosts, async ({ program }) => {
      program.freeze();
      await sleep(blow.forMs);
      program.thaw();
    }),
  // What a process says to the database late is refused there: its lease is over.
  cutDatabase: (blow, hosts) =>
    each(hosts, async ({ database }) => {
      if (database !== null) await cut(database, blow, 'arrives');
    }),
  slowDatabase: (blow, hosts) =>
    each(hosts, async ({ database }) => {
      if (database === null) return;
      database.delayMs = blow.delayMs;
      await sleep(blow.forMs);
      database.delayMs = 0;
    }),
  // What reaches a target late no client can call back (docs/reliability.md).
  cutTarget: (blow, hosts) => each(hosts, ({ target }) => cut(target, blow, 'is lost')),
  crashDatabase: async (_, __, { crashDatabase }) => crashDatabase?.(),
};

/** How many times a blow counts: once for each process, or once. */
export const countOf = ({ whom }: Blow): number => Math.max(1, whom.length);

export function deliver(blow: Blow, scene: Scene): Promise<unknown> {
  const struck = scene.hosts.filter(({ program }) => blow.whom.includes(program.name));
  return DELIVER[blow.kind](blow, struck, scene);
}
