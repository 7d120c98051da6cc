/** Brings users in line: many at once, each with one step, written down before it is sent and settled after it. */
import type { Logger } from 'pino';
import { settleNothing, settleRefusal, settleUser } from '../provisioning/outcome-user.ts';
import type { ClaimedUser } from '../store/claim-users.ts';
import type { Handle } from '../store/database.ts';
import type { ConnectionState, Lease } from '../store/lanes.ts';
import { writeSendingUsers, type Sending } from '../store/sending.ts';
import type { Connection } from './connection.ts';
import { Conversation, waitAfter, type Target } from './conversation.ts';
import { planUsers, withoutHeld } from './plan-users.ts';
import type { Begun, RecordEnd } from './record-end.ts';
import type { Settler } from './settler.ts';
import { sendUserStep } from './user-steps.ts';
import { attemptOf, errandOf, isLeaving, sendingOf, type UserTask } from './user-task.ts';
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
  readonly onState: (state: ConnectionState) => void;
  /** Called when an answer has made room for another request. */
  readonly onRoom: () => void;
}

/** The users of one slice. */
export class UserSync {
  readonly #options: UserSyncOptions;
  /** Steps that are under way. */
  readonly #sending = new Map<string, Sending>();

  constructor(options: UserSyncOptions) {
    this.#options = options;
  }

  /**
   * Plans these users and begins the step of each whom the brake lets go on. Answers those: nobody where the connection has
   * been stopped meanwhile.
   */
  async sync(claimed: readonly ClaimedUser[]): Promise<Begun[]> {
    if (claimed.length === 0) return [];
    const tasks = await planUsers(claimed, this.#sending.values(), this.#options);
    const free = await withoutHeld(tasks, this.#options);
    if (!(await this.#writeSending(free))) return [];
    return free.map((task) => ({ id: task.facts.id, end: this.#end(task) }));
  }

  /** Writes down every step that is under way, these and those that wait or have been sent. False where nothing may be sent. */
  async #writeSending(tasks: readonly UserTask[]): Promise<boolean> {
    const sending = tasks.flatMap(sendingOf);
    if (sending.length === 0) return true;
    for (const one of sending) this.#sending.set(one.id, one);
    const { db, lease, onState } = this.#options;
    const state = await writeSendingUsers(db, lease, [...this.#sending.values()]);
    onState(state);
    return state === 'active';
  }

  async #end(task: UserTask): Promise<RecordEnd> {
    try {
      return await this.#syncOne(task);
    } finally {
      this.#sending.delete(task.facts.id);
    }
  }

  async #syncOne(task: UserTask): Promise<RecordEnd> {
    const { step, facts, mark } = task;
    const { connection, settler, target, window, onRoom } = this.#options;
    if (step === null) {
      await settler.add(settleNothing(facts, mark.generation));
      return { kind: 'unsent' };
    }
    const talk = new Conversation(target, errandOf(task));
    const attempt = () => attemptOf(task, talk, connection.behaviour.users.deprovisionDropsMemberships);
    if (step.kind === 'refuseUser') {
      await settler.add(settleRefusal(step, attempt(), waitAfter(mark.attempts, target.backoffMs, 0)));
      return { kind: 'unsent' };
    }
    const outcome = await window.run(isLeaving(task) ? 0 : 1, () => sendUserStep(talk, step, mark.attempts));
    onRoom();
    if (outcome.kind === 'unsent') return outcome;
    if (outcome.kind === 'stop') return { kind: 'stop', failure: outcome.setback.failure };
    await settler.add(settleUser(step, outcome, attempt()));
    return { kind: outcome.kind === 'later' ? 'later' : 'done' };
  }
}
