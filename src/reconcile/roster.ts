/** Reading an application's users alone, for import: nothing is compared, and nothing follows from it in the target (R34). */
import { uuidv7 } from 'uuidv7';
import type { Failure } from '../provisioning/settlement.ts';
import type { ScimReply, ScimRequest, Verdict } from '../scim/client/verdict.ts';
import { databaseTime } from '../store/database-time.ts';
import type { Reading } from '../store/inventory.ts';
import { holdLane } from '../store/lease.ts';
import { beginRoster, failRoster, finishRoster, lockRoster } from '../store/roster.ts';
import { waitAfter } from './backoff.ts';
import type { Answer, Setback } from './conversation.ts';
import { readList, readUnmanaged, WindowConversation, type ReadingOptions } from './inventory-read.ts';

/** How often one page, or one user, is asked for before the reading is given up: a list of a thousand pages survives a bad minute (R44). */
const ATTEMPTS = 6;

/** Asks again where the target wants to be asked later. */
class PatientConversation extends WindowConversation {
  override async ask<T>(request: ScimRequest, judge: (reply: ScimReply) => Verdict<T>): Promise<Answer<T>> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await super.ask(request, judge);
      if (answer.ok || answer.setback.kind !== 'later' || attempt === ATTEMPTS - 1) return answer;
      const { backoffMs, clock, stop } = this.target;
      await clock.sleep(waitAfter(attempt, backoffMs, answer.setback.retryAfterMs), stop);
    }
  }
}

/** Reads all users. Answers the failure that stops the connection, or null. What was not sent is read when the lane is taken again. */
export async function readRoster(options: ReadingOptions): Promise<Failure | null> {
  const { db, lease } = options;
  const { applicationId } = lease;
  const reading = { applicationId, id: uuidv7(), startedAt: await databaseTime(db) };
  if (!(await rosterBegins(options))) return null;
  const talk = new PatientConversation(options);
  const setback =
    (await readList(options, reading, 'user', talk)) ?? (await readUnmanaged(options, reading, talk));
  await (setback === null ? endRoster(options, reading) : rosterFailed(options, setback));
  return setback?.kind === 'stop' ? setback.failure : null;
}

/** A connection that was stopped meanwhile has said so of its reading, which does not begin again. */
export async function rosterBegins({ db, lease }: Pick<ReadingOptions, 'db' | 'lease'>): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await lockRoster(tx, lease.applicationId);
    if ((await holdLane(tx, lease)) !== 'active') return false;
    await beginRoster(tx, lease.applicationId);
    return true;
  });
}

/** A reading of the users came to its end: what it did not show is not there any more. */
export async function endRoster({ db, lease }: ReadingOptions, reading: Reading): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockRoster(tx, lease.applicationId);
    if ((await holdLane(tx, lease)) === 'active') await finishRoster(tx, reading);
  });
}

/** Says why a reading of the users came to no end; one that was stopped goes on when the lane is taken again. */
export async function rosterFailed({ db, lease }: ReadingOptions, setback: Setback): Promise<void> {
  if (setback.kind === 'unsent') return;
  const { message } = setback.failure;
  await db.transaction().execute(async (tx) => {
    await lockRoster(tx, lease.applicationId);
    await holdLane(tx, lease);
    await failRoster(tx, lease.applicationId, message);
  });
}
