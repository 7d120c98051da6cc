/** Follows an application until nothing is left to do, and says how it ended. */
import { z } from 'zod';
import { connectionStates } from '../provisioning/connection-state.ts';
import type { Backend } from './backend.ts';
import type { Cli } from './cli.ts';
import { count } from '../count.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { pauseSchema, whyNothingIsSent } from './not-sending.ts';
import { startProgress } from './progress.ts';
import { watchStillness } from './stillness.ts';

export const statusSchema = z.object({
  state: z.enum(connectionStates),
  reason: pauseSchema,
  pending: z.number(),
  inFlight: z.number(),
  held: z.number(),
  failed: z.number(),
  retrying: z.number(),
  retryReason: z.string().nullable(),
  users: z.object({ linked: z.number(), active: z.number() }),
  groups: z.object({ linked: z.number() }),
  idle: z.boolean(),
});

export type Status = z.infer<typeof statusSchema>;

const EVERY_MS = 250;

/** How the application stands. */
export const readStatus = (backend: Backend, applicationId: string): Promise<Status> =>
  backend.call(statusSchema, 'GET', `/applications/${applicationId}/status`);

/** Whether it stays as it is until somebody does something. What is held waits for an administrator. */
const isSettled = ({ state, idle }: Status): boolean => idle || state !== 'active';

/** Polls until the application is idle, or cannot go on, or `signal` is aborted. Answers the last status. */
export async function follow(
  cli: Cli,
  backend: Backend,
  application: { readonly id: string; readonly name: string },
  signal: AbortSignal,
): Promise<Status> {
  let status = await readStatus(backend, application.id);
  let most = status.pending;
  const progress = startProgress(cli, application.name, most);
  const whyStill = watchStillness(cli.clock);
  try {
    while (!isSettled(status) && !signal.aborted) {
      await cli.clock.sleep(EVERY_MS, signal);
      status = await readStatus(backend, application.id);
      most = Math.max(most, status.pending);
      progress.update(most - status.pending, most);
      const why = whyStill(status);
      if (why !== undefined) cli.say(why);
    }
  } finally {
    progress.stop();
  }
  return status;
}

interface Outcome {
  readonly exitCode: ExitCode;
  readonly sentence: string;
}

function unfinished(status: Status, label: string): string {
  const waiting = `${count(status.pending, 'record')} still to be looked at`;
  const why = whyNothingIsSent(status, label);
  return why === undefined
    ? `Stopped, with ${waiting}; a running server goes on with them.`
    : `Stopped, with ${waiting}. ${why}`;
}

/** What an end means, and what to do next. */
export function outcomeOf(status: Status, label: string): Outcome {
  const { users, groups, held, failed } = status;
  if (status.state !== 'active' || !status.idle)
    return { exitCode: EXIT.failed, sentence: unfinished(status, label) };
  const holds = `${label}: ${count(users.active, 'active user')}, ${count(groups.linked, 'group')}.`;
  if (held > 0) {
    const sentence = `${holds} Held until an administrator approves: ${count(held, 'deactivation')}. They are on the tab Plan of the application in the console.`;
    return { exitCode: EXIT.refused, sentence };
  }
  if (failed > 0) {
    const sentence = `${holds} Refused: ${count(failed, 'record')}; the tab Users of the application in the console says why.`;
    return { exitCode: EXIT.failed, sentence };
  }
  return { exitCode: EXIT.done, sentence: `${holds} It holds what the directory asks for.` };
}
