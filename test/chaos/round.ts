/** One round: the directory changes, the target misbehaves, everything else fails; then quiet, until nothing is left to do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { countOf, deliver, planBlow, type Blow, type BlowKind } from './blows.ts';
import { restore } from './host.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';
import { NO_FAULTS, type Faults } from './target.ts';

export interface RoundPlan {
  readonly faults: Faults;
  readonly pauseMs: number;
  readonly blows: readonly Blow[];
  /** The server is always killed in the end; after that it is quiet. */
  readonly last: Blow;
}

export interface RoundResult {
  readonly blows: Readonly<Partial<Record<BlowKind, number>>>;
  /** Kills at a moment at which requests to the target were under way. */
  readonly midSync: number;
  /** From the last start to the moment at which nothing was left to do; null where that never came. */
  readonly idleMs: number | null;
  /** The status when the wait was given up. */
  readonly stuck: string | null;
}

/** Somebody who came back before their old account was left is refused for now, and looked at again within a minute or so (R17). */
const IDLE_WITHIN_MS = 120_000;
/** Longer than any blow lasts, and whatever it struck takes to be at work again. */
const RECOVERED_WITHIN_MS = 120_000;
/** A blow that meets nobody at work proves little: it waits so long for a request to be under way. */
const PATIENCE_MS = 7000;

const statusSchema = z.looseObject({ idle: z.boolean() });
const planSchema = z.looseObject({ steps: z.array(z.unknown()) });

function planFaults(random: Random): Faults {
  const share = (most: number): number =>
    random.chance(0.7) ? Number((random.share() * most).toFixed(3)) : 0;
  return {
    latencyMs: random.whole(5, 80),
    errorRate: share(0.15),
    errorAfterWork: random.chance(0.5),
    dropRate: share(0.15),
    rateLimitPerSecond: random.chance(0.3) ? random.whole(5, 40) : 0,
  };
}

function planLast(random: Random, names: readonly string[]): Blow {
  const blow = planBlow(random, names, 'kill');
  return { ...blow, whom: blow.whom.length > 1 ? names : ['server'] };
}

/** What a round is to be, by the seed alone: for processes of these names, with so many blows at most before the last one. */
export function planRound(random: Random, names: readonly string[], mostBlows: number): RoundPlan {
  const blows = random.whole(Math.floor(mostBlows / 2), mostBlows);
  return {
    faults: planFaults(random),
    pauseMs: random.whole(5, 40),
    blows: Array.from({ length: blows }, () => planBlow(random, names)),
    last: planLast(random, names),
  };
}

export class Round {
  readonly #scene: Scene;
  readonly #blows: Partial<Record<BlowKind, number>> = {};
  /** What goes on while the next blow is aimed. */
  readonly #lasting: Promise<unknown>[] = [];
  #midSync = 0;

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
    for (const blow of [...plan.blows, plan.last]) await this.#strike(blow);
    stop.abort();
    await target.behave(NO_FAULTS);
    await this.#recovered(Promise.all(this.#lasting));
    const restarted = performance.now();
    await this.#recovered(this.#restore());
    await failed;
    await work;
    const stuck = await this.#quiet();
    const idleMs = stuck === null ? Math.round(performance.now() - restarted) : null;
    return { blows: this.#blows, midSync: this.#midSync, idleMs, stuck };
  }

  /** Until the moment of a blow: after a while, and in the middle of a sync where there is one. */
  async #aim({ afterMs }: Blow): Promise<boolean> {
    await sleep(afterMs);
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const isMidSync = (await this.#scene.target.watch()).open > 0;
      if (isMidSync || performance.now() > until) return isMidSync;
      await sleep(2);
    }
  }

  async #strike(blow: Blow): Promise<void> {
    const isMidSync = await this.#aim(blow);
    const { kind } = blow;
    this.#blows[kind] = (this.#blows[kind] ?? 0) + countOf(blow);
    if (kind === 'kill' && isMidSync) this.#midSync += countOf(blow);
    this.#lasting.push(deliver(blow, this.#scene));
  }

  /** Every process is at work, and reaches everything. */
  async #restore(): Promise<void> {
    for (const host of this.#scene.hosts) restore(host);
    await Promise.all(this.#scene.hosts.map(({ program }) => program.revive()));
  }

  /** A process that neither ends nor begins would keep everybody waiting. */
  async #recovered(work: Promise<unknown>): Promise<void> {
    const patience = new AbortController();
    const late = sleep(RECOVERED_WITHIN_MS, undefined, { signal: patience.signal }).then(() => {
      const said = this.#scene.hosts.map(({ program }) => `${program.name}: ${program.log.slice(-1000)}`);
      throw new Error(`A process did not come back. They said:\n${said.join('\n')}`);
    });
    await Promise.race([work, late]).finally(() => patience.abort());
    await late.catch(() => undefined);
  }

  /** Waits until nothing is left to do and nothing is planned; answers the status where that does not come. */
  async #quiet(): Promise<string | null> {
    const { administrator, application } = this.#scene;
    const api = await administrator.api();
    const until = performance.now() + IDLE_WITHIN_MS;
    for (;;) {
      const status = await api.call('GET', `${application}/status`, statusSchema);
      if (status.idle) {
        const { steps } = await api.call('GET', `${application}/plan`, planSchema);
        if (steps.length === 0) return null;
      }
      if (performance.now() > until) return JSON.stringify(status);
      await sleep(50);
    }
  }
}
