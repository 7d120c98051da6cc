/** Waiting until Rollcall has nothing left to do, and showing how far it is. */
import type { Application, Status } from './demo-application.ts';
import type { Wanted } from './demo-check.ts';
import type { SandboxControl, SandboxSummary } from './demo-sandbox.ts';
import type { Cli } from './cli.ts';
import type { Screen } from './demo-show.ts';
import { startProgress, type Progress } from './progress.ts';

const POLL_MS = 25;
/** Far more than any scene takes: where it is not enough, something is wrong. */
const PATIENCE_MS = 60_000;

/** Waits until nothing is left to do but what an administrator must approve; `look` runs at each poll. Throws where that takes too long. */
export async function settled(
  { clock }: Cli,
  application: Application,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<Status> {
  const patience = clock.monotonic() + PATIENCE_MS;
  for (;;) {
    const status = await application.status();
    await look();
    if (status.idle) return status;
    if (clock.monotonic() > patience)
      throw new Error(`The connection did not come to rest: ${JSON.stringify(status)}`);
    await clock.sleep(POLL_MS);
  }
}

interface Phase {
  readonly what: string;
  readonly total: number;
  readonly done: (held: SandboxSummary) => number;
}

const phasesOf = ({ people, groups }: Wanted): Phase[] => {
  const filled = [...groups.values()].filter(({ size }) => size > 0);
  const memberships = filled.reduce((sum, { size }) => sum + size, 0);
  return [
    { what: 'people', total: people.size, done: (held) => held.members },
    { what: 'groups', total: filled.length, done: (held) => held.groups },
    { what: 'memberships', total: memberships, done: (held) => held.memberships },
  ];
};

/** One phase after the other, each shown until it is complete. */
class Phases {
  readonly #cli: Cli;
  readonly #screen: Screen;
  readonly #waiting: Phase[];
  #bar: Progress | null = null;

  constructor(cli: Cli, screen: Screen, phases: Phase[]) {
    this.#cli = cli;
    this.#screen = screen;
    this.#waiting = phases;
  }

  show(held: SandboxSummary): void {
    for (let phase = this.#waiting[0]; phase !== undefined; phase = this.#waiting[0]) {
      this.#bar ??= startProgress(this.#cli, `  ${phase.what.padEnd(15)}`, phase.total);
      const done = phase.done(held);
      this.#bar.update(done, phase.total);
      if (done < phase.total) return;
      this.#end(phase);
    }
  }

  #end({ what, total }: Phase): void {
    this.stop();
    this.#waiting.shift();
    if (!this.#cli.watched) this.#screen.notes(what, [`${total} of ${total}`]);
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}

/** Waits as {@link settled}, and shows the phases: people, groups, memberships, counted in Segment itself. */
export async function watchPhases(
  { cli, screen }: { readonly cli: Cli; readonly screen: Screen },
  application: Application,
  sandbox: SandboxControl,
  wanted: Wanted,
): Promise<Status> {
  const phases = new Phases(cli, screen, phasesOf(wanted));
  try {
    return await settled(cli, application, async () => phases.show(await sandbox.summary()));
  } finally {
    phases.stop();
  }
}
