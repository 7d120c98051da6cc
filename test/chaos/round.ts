/** One round: the directory changes, the target misbehaves, processes die; then quiet, until nothing is left to do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Program, Role } from './program.ts';
import type { Random } from './random.ts';
import { LEASE_SECONDS, type Scene } from './scene.ts';
import { NO_FAULTS, type Faults } from './target.ts';

/** What happens to processes: killed and started again, or frozen for longer than a lease and let go. */
interface Blow {
  readonly kind: 'kill' | 'freeze';
  readonly whom: readonly Role[];
  readonly afterMs: number;
  readonly forMs: number;
}

export interface RoundPlan {
  readonly faults: Faults;
  readonly pauseMs: number;
  readonly blows: readonly Blow[];
  /** The server is always killed in the end; after that it is quiet. */
  readonly last: Blow;
}

export interface RoundResult {
  readonly kills: number;
  /** Kills at a moment at which requests to the target were under way. */
  readonly midSync: number;
  readonly freezes: number;
  /** From the last start to the moment at which nothing was left to do; null where that never came. */
  readonly idleMs: number | null;
  /** The status when the wait was given up. */
  readonly stuck: string | null;
}

const IDLE_WITHIN_MS = 60_000;
/** A blow that meets nobody at work proves little: it waits so long for a request to be under way. */
const PATIENCE_MS = 3000;

function planFaults(random: Random): Faults {
  const share = (most: number): number =>
    random.chance(0.7) ? Number((random.share() * most).toFixed(3)) : 0;
  return {
    latencyMs: random.whole(5, 80),
    errorRate: share(0.15),
    errorAfterWork: random.chance(0.5),
    dropRate: share(0.15),
    rateLimitPerSecond: random.chance(0.3) ? random.whole(60, 300) : 0,
  };
}

function planKill(random: Random, roles: readonly Role[], isLast: boolean): Blow {
  const others = roles.filter((role) => role !== 'server');
  const alone = isLast || random.chance(0.5) || others.length === 0;
  const whom: readonly Role[] = random.chance(0.4) ? roles : alone ? ['server'] : others;
  return { kind: 'kill', whom, afterMs: random.whole(200, 2500), forMs: random.whole(0, 300) };
}

function planBlow(random: Random, roles: readonly Role[]): Blow {
  if (roles.length === 1 || random.chance(0.6)) return planKill(random, roles, false);
  const whom = [random.pick(roles) ?? 'server'];
  const forMs = LEASE_SECONDS * 1000 + random.whole(300, 1500);
  return { kind: 'freeze', whom, afterMs: random.whole(200, 1500), forMs };
}

/** What a round is to be, by the seed alone. */
export function planRound(random: Random, roles: readonly Role[]): RoundPlan {
  const blows = Array.from({ length: random.whole(0, 2) }, () => planBlow(random, roles));
  return {
    faults: planFaults(random),
    pauseMs: random.whole(5, 40),
    blows,
    last: planKill(random, roles, true),
  };
}

export class Round {
  readonly #scene: Scene;
  #kills = 0;
  #midSync = 0;
  #freezes = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async play(plan: RoundPlan, random: Random): Promise<RoundResult> {
    const { target, administrator } = this.#scene;
    await target.behave(plan.faults);
    const stop = new AbortController();
    const work = administrator.work(random, plan.pauseMs, stop.signal);
    // A refusal of the directory ends the work early; it is told once the processes are as they should be.
    const failed = work.catch(() => undefined);
    for (const blow of plan.blows) await this.#deliver(blow);
    await this.#strikeLast(plan.last, () => stop.abort());
    const restarted = performance.now();
    await this.#startAll();
    await failed;
    await work;
    const stuck = await this.#quiet();
    const idleMs = stuck === null ? Math.round(performance.now() - restarted) : null;
    return { kills: this.#kills, midSync: this.#midSync, freezes: this.#freezes, idleMs, stuck };
  }

  #programs(roles: readonly Role[]): Program[] {
    return this.#scene.programs.filter(({ role }) => roles.includes(role));
  }

  /** Until the moment of a blow: after a while, and in the middle of a sync where there is one. */
  async #aim({ afterMs }: Blow): Promise<void> {
    await sleep(afterMs);
    const until = performance.now() + PATIENCE_MS;
    while ((await this.#scene.target.watch()).open === 0 && performance.now() < until) await sleep(2);
  }

  async #deliver(blow: Blow): Promise<void> {
    await this.#aim(blow);
    if (blow.kind === 'kill') {
      await this.#kill(blow.whom);
      await sleep(blow.forMs);
      await this.#startAll();
      return;
    }
    for (const program of this.#programs(blow.whom)) program.freeze();
    await sleep(blow.forMs);
    for (const program of this.#programs(blow.whom)) program.thaw();
    this.#freezes += blow.whom.length;
  }

  async #strikeLast(blow: Blow, stop: () => void): Promise<void> {
    await this.#aim(blow);
    await this.#kill(blow.whom);
    stop();
    await this.#scene.target.behave(NO_FAULTS);
  }

  async #kill(roles: readonly Role[]): Promise<void> {
    const { open } = await this.#scene.target.watch();
    const killed = this.#programs(roles);
    await Promise.all(killed.map((program) => program.kill()));
    this.#kills += killed.length;
    if (open > 0) this.#midSync += killed.length;
  }

  async #startAll(): Promise<void> {
    await Promise.all(this.#scene.programs.map((program) => program.startAgain()));
  }

  /** Waits until nothing is left to do; answers the status where that does not come. */
  async #quiet(): Promise<string | null> {
    const { administrator, application } = this.#scene;
    const api = await administrator.api();
    const until = performance.now() + IDLE_WITHIN_MS;
    for (;;) {
      const status = await api.call('GET', `${application}/status`, z.looseObject({ idle: z.boolean() }));
      if (status.idle) return null;
      if (performance.now() > until) return JSON.stringify(status);
      await sleep(50);
    }
  }
}
