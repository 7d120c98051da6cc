/** Brings users in line: many at once, each with one step, written down before it is sent and settled after it. */
import type { Logger } from 'pino';
import { settleUserNothing } from '../provisioning/nothing-sent.ts';
import {
  settleRefusal,
  settleUser,
  type UserAttempt,
  type UserOutcome,
} from '../provisioning/outcome-user.ts';
import type { Settlement } from '../provisioning/settlement.ts';
import type { RemoteUser } from '../scim/client/remote.ts';
import type { ClaimedUser } from '../store/claim-users.ts';
import type { Handle } from '../store/database.ts';
import type { LaneState, Lease } from '../store/lease.ts';
import { writeSendingUsers, type Sending } from '../store/sending.ts';
import { waitAfter } from './backoff.ts';
import { Batcher } from './batcher.ts';
import type { Connection } from './connection.ts';
import { Conversation, type Answer, type Target } from './conversation.ts';
import { UsersInHand } from './in-hand.ts';
import { readUsersNamed } from './lookup.ts';
import { planUsers, withoutHeld } from './plan-users.ts';
import type { NamedRecords } from './read-named.ts';
import type { RecordEnd } from './record-end.ts';
import type { Settler } from './settler.ts';
import type { StepResult } from './setback-outcome.ts';
import type { Unlisted, UserResult } from './user-result.ts';
import { sendUserStep } from './user-steps.ts';
import { attemptOf, isLeaving, sendingOf, type SentStep, type UserTask } from './user-task.ts';
import type { Window, Work } from './window.ts';

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

/** One reading of the list looks for so many at most. */
const MOST_LISTED = 1000;
const UNSENT = { ok: false, setback: { kind: 'unsent' } } as const;

const NOTHING_ASKED = { exchanges: [], durationMs: 0 };

/** The users of one slice. */
export class UserSync {
  readonly #options: UserSyncOptions;
  readonly #inHand = new UsersInHand();
  /** Reads the target's list of users: whoever is to be looked for while it is read waits for the next time. */
  readonly #lists: Batcher<string, Answer<NamedRecords<RemoteUser>>>;
  /** Those who wait for that, and those who go on with it. */
  readonly #listed = new Set<string>();

  constructor(options: UserSyncOptions) {
    this.#options = options;
    const { target, window } = options;
    this.#lists = new Batcher(MOST_LISTED, async (userNames) => {
      const read = await window.run('soon', () => readUsersNamed(new Conversation(target), userNames));
      return userNames.map(() => read);
    });
  }

  /** How many have been claimed and are neither settled nor given back. */
  get count(): number {
    return this.#inHand.size;
  }

  get ids(): string[] {
    return this.#inHand.ids;
  }

  /** Whether a list was read, or is being read, for somebody whose step has not ended: given back, they would need another reading. */
  get useList(): boolean {
    return this.#listed.size > 0;
  }

  /**
   * Plans these users and begins the step of each whom the brake lets go on; of nobody where the connection or the lane has been
   * stopped meanwhile.
   */
  async sync(claimed: readonly ClaimedUser[]): Promise<void> {
    if (claimed.length === 0) return;
    const tasks = await planUsers(claimed, this.#inHand, this.#options);
    const free = await withoutHeld(tasks, this.#options);
    const sending = free.map(sendingOf);
    // Of a batch that could not be settled nobody is in hand any longer: what is written down of them is all that is known.
    if (this.#options.target.stop.aborted) return;
    if (!(await this.#writeSending(sending.filter((one) => one !== null)))) return;
    free.forEach((task, index) => this.#begin(task, sending[index] ?? null));
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

  #begin(task: UserTask, sending: Sending | null): void {
    const { step, facts, mark } = task;
    const { settler, target } = this.#options;
    this.#inHand.take(facts.id, sending);
    if (step === null) void settler.add(settleUserNothing(facts, mark.generation));
    else if (step.kind !== 'refuseUser') this.#inTurn(task, () => this.#send(task, step));
    else {
      const delayMs = waitAfter(mark.attempts, target.backoffMs, 0);
      void settler.add(settleRefusal(step, this.#attempt(task, NOTHING_ASKED), delayMs));
    }
  }

  #inTurn(task: UserTask, work: Work): void {
    this.#options.window.add(isLeaving(task) ? 'leaver' : 'other', work);
  }

  async #send(task: UserTask, step: SentStep): Promise<void> {
    const { mark } = task;
    const errand = { subject: step.subject, cause: mark.cause };
    const talk = new Conversation(this.#options.target, errand, mark.attempts);
    await this.#settle(task, step, talk, () => sendUserStep(talk, step));
  }

  /** Does what is next of a step, and settles what came of it, unless the target's list is to be read first. */
  async #settle(
    task: UserTask,
    step: SentStep,
    talk: Conversation,
    next: () => UserResult | Promise<UserResult>,
  ): Promise<void> {
    const { id } = task.facts;
    const { onEnd, settler } = this.#options;
    try {
      const outcome = await next();
      if (outcome.kind === 'unlisted') {
        this.#waitForList(task, step, talk, outcome);
        return;
      }
      this.#listed.delete(id);
      if (outcome.kind === 'unsent' || outcome.kind === 'stop') this.#inHand.letGo(id);
      else void settler.add(settleUser(step, outcome, this.#attempt(task, talk)));
      onEnd(endOf(outcome));
    } catch (error) {
      this.#fault(task, error);
    }
  }

  /** Without a place in the window: whoever leaves does not wait for the reading of a list. */
  #waitForList(task: UserTask, step: SentStep, talk: Conversation, { userName, goOn }: Unlisted): void {
    const { target } = this.#options;
    this.#listed.add(task.facts.id);
    this.#lists.add(userName).then(
      (read) =>
        this.#inTurn(task, () =>
          this.#settle(task, step, talk, () => goOn(target.maySend() ? read : UNSENT)),
        ),
      (error: unknown) => this.#fault(task, error),
    );
  }

  #fault({ facts }: UserTask, error: unknown): void {
    this.#listed.delete(facts.id);
    this.#inHand.letGo(facts.id);
    this.#options.onFault(error);
  }

  #attempt(task: UserTask, talk: Pick<Conversation, 'exchanges' | 'durationMs'>): UserAttempt {
    return attemptOf(task, talk, this.#options.connection.behaviour.users.deprovisionDropsMemberships);
  }
}

function endOf(outcome: StepResult<UserOutcome>): RecordEnd {
  if (outcome.kind === 'stop') return { kind: 'stop', failure: outcome.setback.failure };
  return { kind: outcome.kind === 'unsent' || outcome.kind === 'later' ? outcome.kind : 'done' };
}
