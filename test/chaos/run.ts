/**
 * Chaos: real processes that are killed in the middle of their work, and everything that they stand on with them, round after
 * round, and a check after each round that nothing was lost and nothing was done twice. What is checked is written down in
 * docs/reliability.md.
 *
 * A seed repeats what is asked for and what goes wrong; the moments at which that meets the program are the machine's.
 */
import { BLOWS, type BlowKind } from './blows.ts';
import { check, type Finding } from './check.ts';
import type { ChaosDatabase } from './database.ts';
import { keepEvidence } from './evidence.ts';
import type { Limits } from './limits.ts';
import { Random } from './random.ts';
import { planRound, Round, type RoundPlan, type RoundResult } from './round.ts';
import { startScene, type Scene } from './scene.ts';
import type { TargetRequest } from './target.ts';

export interface ChaosOptions {
  readonly database: ChaosDatabase;
  readonly limits: Limits;
  /** How many blows a round has at most before its last one. */
  readonly blows: number;
  readonly seed: string;
  /** Called after each round, and where one fails. */
  readonly say: (line: string) => void;
}

/** How the target misbehaves towards single requests. */
export type Misbehaviour = NonNullable<TargetRequest['fault']>;

export interface ChaosResult {
  readonly database: string;
  readonly rounds: number;
  /** How often each happened. */
  readonly blows: Readonly<Record<BlowKind, number>>;
  readonly midSync: number;
  readonly misbehaviour: Readonly<Record<Misbehaviour, number>>;
  /** Accepted by the directory. */
  readonly changes: number;
  /** Of the changes asked for, those whose answer was lost. */
  readonly answersLost: number;
  /** Requests that the target got. */
  readonly requests: number;
  readonly lost: number;
  readonly doubled: number;
  readonly fallen: number;
  readonly idleMs: readonly number[];
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

interface Tally {
  readonly startedAt: number;
  rounds: number;
  requests: number;
  readonly misbehaviour: Record<Misbehaviour, number>;
  readonly results: RoundResult[];
  findings: Finding[];
}

const newTally = (): Tally => ({
  startedAt: performance.now(),
  rounds: 0,
  requests: 0,
  misbehaviour: { error: 0, dropped: 0, 'rate-limited': 0 },
  results: [],
  findings: [],
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function blowsOf(results: readonly RoundResult[]): Record<BlowKind, number> {
  const kinds = Object.keys(BLOWS) as BlowKind[];
  const counts = kinds.map((kind) => [kind, sum(results.map(({ blows }) => blows[kind] ?? 0))] as const);
  return Object.fromEntries(counts) as Record<BlowKind, number>;
}

function resultOf({ database }: ChaosOptions, { administrator }: Scene, tally: Tally): ChaosResult {
  const { startedAt, rounds, requests, misbehaviour, results, findings } = tally;
  const found = (kind: Finding['kind']): number => findings.filter((one) => one.kind === kind).length;
  return {
    database: database.kind,
    rounds,
    blows: blowsOf(results),
    midSync: sum(results.map(({ midSync }) => midSync)),
    misbehaviour,
    changes: administrator.counts.accepted,
    answersLost: administrator.counts.lost,
    requests,
    lost: found('lost'),
    doubled: found('doubled'),
    fallen: found('fallen'),
    idleMs: results.flatMap(({ idleMs }) => idleMs ?? []),
    seconds: Math.round((performance.now() - startedAt) / 1000),
    findings,
  };
}

async function judge(
  scene: Scene,
  { stuck }: RoundResult,
  journal: readonly TargetRequest[],
): Promise<Finding[]> {
  const findings = await check(scene, journal);
  if (stuck === null) return findings;
  return [...findings, { kind: 'lost', sentence: `Not idle after two minutes: ${stuck}` }];
}

function describeRound(options: ChaosOptions, tally: Tally, plan: RoundPlan, result: RoundResult): string {
  const blows = Object.entries(result.blows).map(([kind, count]) => `${count} ${kind}`);
  const { latencyMs } = plan.faults;
  const idle = `idle after ${result.idleMs ?? '…'} ms, ${tally.findings.length} findings`;
  return `${options.database.kind}, round ${tally.rounds}: ${blows.join(', ')}; answers take ${latencyMs} ms; ${idle}`;
}

async function playRound(scene: Scene, options: ChaosOptions, tally: Tally): Promise<void> {
  const { database, seed, limits, say } = options;
  const path = [seed, database.kind, tally.rounds + 1] as const;
  const names = scene.hosts.map(({ program }) => program.name);
  const plan = planRound(new Random(...path, 'plan'), names, options.blows);
  const result = await new Round(scene).play(plan, new Random(...path, 'changes'));
  const { total, journal } = await scene.target.takeRequests();
  limits.count(result.blows.kill ?? 0);
  tally.rounds += 1;
  tally.requests += total;
  for (const { fault } of journal) if (fault !== null) tally.misbehaviour[fault] += 1;
  tally.results.push(result);
  tally.findings = await judge(scene, result, journal);
  if (tally.findings.length > 0)
    say(`What there is to look into: ${await keepEvidence(scene, plan, journal, tally.findings)}`);
  say(describeRound(options, tally, plan, result));
}

/** Plays until something is found, here or in another run of the same limits, or these are reached. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { database, limits, seed } = options;
  const scene = await startScene(database, new Random(seed, database.kind));
  const tally = newTally();
  try {
    while (limits.goOn(tally.rounds)) {
      await playRound(scene, options, tally);
      if (tally.findings.length > 0) limits.end();
    }
    return resultOf(options, scene, tally);
  } finally {
    await scene.close();
  }
}
