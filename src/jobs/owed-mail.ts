/** Messages that are owed: sent one after the other, each by one process, until the mail server has taken it. */
import { mailFault } from '../mail/fault.ts';
import type { Message } from '../mail/mailer.ts';
import type { Handle } from '../store/database.ts';
import type { JobDeps } from './job.ts';

/** One kind of message, and where it is remembered. */
export interface Owed<Item> {
  /** What they are about, in the log: `a message about an import`. */
  readonly name: string;
  /** The next one that is due, which nobody else takes before its next attempt is. */
  readonly take: (db: Handle) => Promise<Item | null>;
  readonly message: (item: Item, address: string) => Message;
  readonly sent: (db: Handle, item: Item) => Promise<void>;
  /** The mail server did not take it: why, in words. */
  readonly failed?: (db: Handle, item: Item, why: string) => Promise<void>;
  /** The ids of what it is about, for the log. */
  readonly about: (item: Item) => Readonly<Record<string, unknown>>;
}

/** Sends what is due; where no mail server is set, nothing. */
export async function sendOwed<Item>(deps: JobDeps, owed: Owed<Item>): Promise<void> {
  const { address, database, log, mailer, stopping } = deps;
  if (mailer === undefined) return;
  for (let item = await owed.take(database.db); item !== null; item = await owed.take(database.db)) {
    try {
      await mailer.send(owed.message(item, address));
      await owed.sent(database.db, item);
    } catch (error) {
      const { message } = mailFault(error);
      log.warn(owed.about(item), `${owed.name} was not sent. ${message}`);
      await owed.failed?.(database.db, item, message);
    }
    if (stopping.aborted) return;
  }
}
