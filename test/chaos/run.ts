/**
 * Chaos: real processes that are killed in the middle of their work, round after round, and a check after each round that
 * nothing was lost and nothing was done twice. What is checked is written down in docs/reliability.md.
 *
 * A seed repeats what is asked for and what goes wrong; the moments at which that meets the program are the machine's.
 */
import type { Environment } from '../../src/config.ts';
import { check, type Finding } from './check.ts';
import { keepEvidence } from './evidence.ts';
import { Random } from './random.ts';
import { planRound, Round, type RoundResult } from './round.ts';
import { startScene, type Scene } from './scene.ts';

export interface ChaosOptions {
  readonly database: 'postgres' | 'embedded';
  /** Settings that lead to a database of its own. */
  readonly env: Environment;
  readonly rounds: number;
  readonly seed: string;
  /** Called after each round, and where one fails. */
  readonly say: (line: string) => void;
}

export interface ChaosResult {
  readonly database: string;
  readonly rounds: number;
  readonly kills: number;
  readonly midSync: number;
  readonly freezes: number;
  /** Accepted by the directory. */
  readonly changes: number;
  /** Of the changes asked for, those whose answer was lost. */
  readonly answersLost: number;
  /** Requests that the target got. */
  readonly requests: number;
  readonly lost: number;
  readonly doubled: number;
  readonly idleMs: readonly number[];
  readonly findings: readonly Finding[];
}

interface Tally {
  rounds: number;
  requests: number;
  readonly results: RoundResult[];
  findings: Finding[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function resultOf({ database }: ChaosOptions, { administrator }: Scene, tally: Tally): ChaosResult {
  const { results, findings } = tally;
  return {
    database,
    rounds: tally.rounds,
    kills: sum(results.map(({ kills }) => kills)),
    midSync: sum(results.map(({ midSync }) => midSync)),
    freezes: sum(results.map(({ freezes }) => freezes)),
    changes: administrator.counts.accepted,
    answersLost: administrator.counts.lost,
    requests: tally.requests,
    lost: findings.filter(({ kind }) => kind === 'lost').length,
    doubled: findings.filter(({ kind }) => kind === 'doubled').length,
    idleMs: results.flatMap(({ idleMs }) => idleMs ?? []),
    findings,
  };
}

async function playRound(scene: Scene, options: ChaosOptions, tally: Tally): Promise<void> {
  const number = tally.rounds + 1;
  const path = [options.seed, options.database, number] as const;
  const roles = scene.programs.map(({ role }) => role);
  const plan = planRound(new Random(...path, 'plan'), roles);
  const result = await new Round(scene).play(plan, new Random(...path, 'changes'));
  const { total, journal } = await scene.target.takeRequests();
  tally.rounds = number;
  tally.requests += total;
  tally.results.push(result);
  tally.findings = await check(scene, journal);
  if (result.stuck !== null)
    tally.findings.push({ kind: 'lost', sentence: `Not idle after a minute: ${result.stuck}` });
  if (tally.findings.length > 0)
    options.say(`What there is to look into: ${await keepEvidence(scene, plan, journal, tally.findings)}`);
  const { kills, freezes, idleMs } = result;
  options.say(
    `${options.database}, round ${number} of ${options.rounds}: ${kills} kills, ${freezes} freezes, ${total} requests, idle after ${idleMs ?? '…'} ms, ${tally.findings.length} findings`,
  );
}

/** Plays until something is found or all rounds are over. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const scene = await startScene(options.env, new Random(options.seed, options.database));
  const tally: Tally = { rounds: 0, requests: 0, results: [], findings: [] };
  try {
    while (tally.rounds < options.rounds && tally.findings.length === 0)
      await playRound(scene, options, tally);
    return resultOf(options, scene, tally);
  } finally {
    await scene.close();
  }
}
