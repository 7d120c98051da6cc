/** Brings users in line: many at once, each with one step, written down before it is sent and settled after it. */
import type { Logger } from 'pino';
import { settleUserNothing } from '../provisioning/nothing-sent.ts';
import {
  settleRefusal,
  settleUser,
  type UserAttempt,
  type UserOutcome,
} from '../provisioning/outcome-user.ts';
import { USER_NAME } from '../provisioning/desired.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import type { CreateUser, UserStep } from '../provisioning/steps.ts';
import type { RemoteUser } from '../scim/client/remote.ts';
import type { ClaimedUser } from '../store/claim-users.ts';
import type { Handle } from '../store/database.ts';
import type { LaneState, Lease } from '../store/lease.ts';
import { writeSendingUsers, type Sending } from '../store/sending.ts';
import type { Connection } from './connection.ts';
import { Conversation, waitAfter, type Answer, type Target } from './conversation.ts';
import { UsersInHand } from './in-hand.ts';
import { readUsersNamed } from './lookup.ts';
import { planUsers, withoutHeld } from './plan-users.ts';
import type { Named } from './read-named.ts';
import type { RecordEnd } from './record-end.ts';
import type { Settler } from './settler.ts';
import type { StepResult } from './setback-outcome.ts';
import { sendUserStep } from './user-steps.ts';
import { attemptOf, isLeaving, sendingOf, type SentStep, type UserTask } from './user-task.ts';
import type { Window } from './window.ts';

export interface UserSyncOptions {
  readonly db: Handle;
  readonly log: Logger;
  readonly lease: Lease;
  readonly connection: Connection;
  readonly target: Target;
  readonly window: Window;
  readonly settler: Settler;
  /** Called with the state of the connection, which an administrator may have stopped. */
  readonly onState: (state: LaneState) => void;
  /** Called with how a user's step ended, when what came of it is still to be settled. */
  readonly onEnd: (end: RecordEnd) => void;
  /** Called with a fault of our own. */
  readonly onFault: (error: unknown) => void;
}

/** What the target's list has of those who are about to be created. */
type ReadAhead = Promise<Answer<Named<RemoteUser>>>;

const NOTHING_ASKED = { exchanges: [], durationMs: 0 };

/** The users of one slice. */
export class UserSync {
  readonly #options: UserSyncOptions;
  readonly #inHand = new UsersInHand();

  constructor(options: UserSyncOptions) {
    this.#options = options;
  }

  /** How many have been claimed and are neither settled nor given back. */
  get count(): number {
    return this.#inHand.size;
  }

  get ids(): string[] {
    return this.#inHand.ids;
  }

  /**
   * Plans these users and begins the step of each whom the brake lets go on; of nobody where the connection has been stopped
   * meanwhile.
   */
  async sync(claimed: readonly ClaimedUser[]): Promise<void> {
    if (claimed.length === 0) return;
    const tasks = await planUsers(claimed, this.#inHand, this.#options);
    const free = await withoutHeld(tasks, this.#options);
    const sending = free.map(sendingOf);
    if (!(await this.#writeSending(sending.filter((one) => one !== null)))) return;
    const read = this.#readAhead(free);
    free.forEach((task, index) => this.#begin(task, sending[index] ?? null, read));
  }

  /** To be called with what was settled, or could not be. */
  ended(batch: readonly Settlement[]): void {
    for (const { kind, subjectId } of batch) if (kind === 'user') this.#inHand.letGo(subjectId);
  }

  /** Writes down every step that is under way, these and those that wait or have been sent. False where nothing may be sent. */
  async #writeSending(steps: readonly Sending[]): Promise<boolean> {
    if (steps.length === 0) return true;
    const { db, lease, onState } = this.#options;
    const state = await writeSendingUsers(db, lease, [...this.#inHand.sending, ...steps]);
    onState(state);
    return state === 'active';
  }

  /** Without a filter each of them would be looked for in a reading of its own. Answers nothing where there is nobody to look for. */
  #readAhead(tasks: readonly UserTask[]): ReadAhead | undefined {
    const { target, window } = this.#options;
    if (target.behaviour.filter) return undefined;
    const names = tasks.flatMap(({ step }) => (isLookedFor(step) ? String(step.values[USER_NAME]) : []));
    if (names.length === 0) return undefined;
    return window.run('group', () => readUsersNamed(new Conversation(target), names));
  }

  #begin(task: UserTask, sending: Sending | null, read: ReadAhead | undefined): void {
    const { step, facts, mark } = task;
    const { settler, target, window } = this.#options;
    this.#inHand.take(facts.id, sending);
    if (step === null) void settler.add(settleUserNothing(facts, mark.generation));
    else if (step.kind === 'refuseUser') {
      const delayMs = waitAfter(mark.attempts, target.backoffMs, 0);
      void settler.add(settleRefusal(step, this.#attempt(task, NOTHING_ASKED), delayMs));
    } else if (read !== undefined && isLookedFor(step))
      read.then(
        (list) => window.add('other', () => this.#send(task, step, list)),
        (error: unknown) => this.#fault(task, error),
      );
    else window.add(isLeaving(task) ? 'leaver' : 'other', () => this.#send(task, step));
  }

  async #send(task: UserTask, step: SentStep, read?: Awaited<ReadAhead>): Promise<void> {
    const { mark, facts } = task;
    const { onEnd, settler, target } = this.#options;
    try {
      const talk = new Conversation(target, { subject: step.subject, cause: mark.cause }, mark.attempts);
      const outcome = await sendUserStep(talk, step, read);
      if (outcome.kind === 'unsent' || outcome.kind === 'stop') this.#inHand.letGo(facts.id);
      else void settler.add(settleUser(step, outcome, this.#attempt(task, talk)));
      onEnd(endOf(outcome));
    } catch (error) {
      this.#fault(task, error);
    }
  }

  #fault({ facts }: UserTask, error: unknown): void {
    this.#inHand.letGo(facts.id);
    this.#options.onFault(error);
  }

  #attempt(task: UserTask, talk: Pick<Conversation, 'exchanges' | 'durationMs'>): UserAttempt {
    return attemptOf(task, talk, this.#options.connection.behaviour.users.deprovisionDropsMemberships);
  }
}

/** Whether a step begins with a look for an account of its user. */
function isLookedFor(step: UserStep | null): step is CreateUser {
  return step?.kind === 'createUser' && step.lookFirst;
}

function endOf(outcome: StepResult<UserOutcome>): RecordEnd {
  if (outcome.kind === 'stop') return { kind: 'stop', failure: outcome.setback.failure };
  return { kind: outcome.kind === 'unsent' || outcome.kind === 'later' ? outcome.kind : 'done' };
}
