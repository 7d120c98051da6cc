/** Reading what a target holds, a list at a time, and keeping it for the comparison. */
import { recordKey } from '../name-key.ts';
import { USER_NAME } from '../provisioning/desired.ts';
import { MOST_MISSING } from '../provisioning/implausible.ts';
import { importedPerson } from '../provisioning/imported-person.ts';
import type { RecordKind } from '../provisioning/facts.ts';
import { userNameKey } from '../provisioning/user-name-key.ts';
import { judgeGroupPage, listGroupsRequest } from '../scim/client/groups.ts';
import type { RemoteGroup, RemoteUser } from '../scim/client/remote.ts';
import { scalarsOf } from '../scim/client/resource.ts';
import { judgeUserPage, listUsersRequest } from '../scim/client/users.ts';
import type { ScimReply, ScimRequest, Verdict } from '../scim/client/verdict.ts';
import type { Handle } from '../store/database.ts';
import { missingLinks, type Reading, type RemoteRecord } from '../store/inventory.ts';
import type { Lease } from '../store/lease.ts';
import { countSeen, keepPage, missingUnmanaged } from '../store/roster.ts';
import { hiddenLinks } from '../store/unsure-links.ts';
import type { Connection } from './connection.ts';
import { Conversation, type Answer, type Setback, type Target } from './conversation.ts';
import { atList } from './list-failure.ts';
import { isWhole, readPages, type Ending } from './pages.ts';
import { askForGroup, askForUser } from './shown.ts';
import type { Window } from './window.ts';

/** What a reading needs, be it an inventory or a roster. */
export interface ReadingOptions {
  readonly db: Handle;
  readonly lease: Lease;
  readonly connection: Connection;
  readonly target: Target;
  readonly window: Window;
}

/** Reads the list of users or groups to its end, and keeps it. */
export async function readList(
  options: ReadingOptions,
  reading: Reading,
  kind: RecordKind,
  talk: Conversation = new WindowConversation(options),
): Promise<Setback | null> {
  const { pageSize } = options.connection.behaviour;
  const pages =
    kind === 'user'
      ? readPages<RemoteUser | RemoteGroup>(talk, listUsersRequest, judgeUserPage, pageSize)
      : readPages<RemoteUser | RemoteGroup>(talk, listGroupsRequest, judgeGroupPage, pageSize);
  for (;;) {
    const page = await pages.next();
    if (page.done) return kind === 'user' ? refuseIncompleteList(options.db, reading, page.value) : null;
    if (!page.value.ok) return atList(page.value.setback, kind, talk.exchanges.at(-1));
    const records = page.value.value.map((record) => remoteRecord(record, options.connection));
    await keepPage(options.db, options.lease, reading, kind, records);
  }
}

/** Of users, half a list is worth nothing: whoever is not on it would look as if they were not there. Null where it is whole. */
async function refuseIncompleteList(db: Handle, reading: Reading, ending: Ending): Promise<Setback | null> {
  const read = await countSeen(db, reading);
  if (isWhole(ending, read)) return null;
  const said =
    ending.total === null ? 'does not say how many there are' : `says that there are ${ending.total}`;
  const shows = ending.how === 'endless' ? 'there are ever more of them' : 'it shows the same page again';
  const message = `The application's list of users cannot be read to its end: after ${read} users ${shows}, and it ${said}. Its paging has to be repaired first.`;
  return { kind: 'refused', failure: { code: 'list-without-end', message } };
}

/**
 * A conversation each of whose requests takes its turn in the lane's window, behind the leavers, and only then its turn in the limiter:
 * the other way round, a leaver would wait behind each that is to be sent.
 */
export class WindowConversation extends Conversation {
  readonly #window: Window;

  constructor({ target, window }: Pick<ReadingOptions, 'target' | 'window'>) {
    super(target);
    this.#window = window;
  }

  override ask<T>(request: ScimRequest, judge: (reply: ScimReply) => Verdict<T>): Promise<Answer<T>> {
    return this.#window.run('other', () => super.ask(request, judge));
  }
}

function remoteRecord(record: RemoteUser | RemoteGroup, { connector, paths }: Connection): RemoteRecord {
  if ('displayName' in record) {
    return {
      remoteId: record.id,
      key: recordKey(record.displayName),
      values: { displayName: record.displayName },
      active: true,
    };
  }
  const values = scalarsOf(record.resource, paths);
  return {
    remoteId: record.id,
    key: userNameKey(record.resource[USER_NAME]) ?? '',
    values,
    active: record.active !== false,
    person: importedPerson(record.resource, connector.import),
  };
}

/**
 * Asks for each record that the list lacks by its id, and keeps what is there after all: a list may be cut off, or have
 * shifted while it was read, and what is taken for gone would be created again.
 */
export async function readMissing(
  options: ReadingOptions,
  reading: Reading,
  kind: RecordKind,
): Promise<Setback | null> {
  const ids = await missingLinks(options.db, reading, kind, MOST_MISSING + 1);
  return ids.length > MOST_MISSING ? null : readEach(options, reading, kind, ids);
}

/**
 * Asks for inactive users whom the list may only hide: who does not show by name loses their link, where links are unsure. With so
 * many leavers that not all are asked for, the others are matched by name once they return.
 */
export async function readHidden(options: ReadingOptions, reading: Reading): Promise<Setback | null> {
  return readEach(options, reading, 'user', await hiddenLinks(options.db, reading, MOST_MISSING));
}

/** Asks for accounts that are linked and not managed: a link to one that is gone is forgotten once the list has been read (R31). */
export async function readUnmanaged(
  options: ReadingOptions,
  reading: Reading,
  talk: Conversation = new WindowConversation(options),
): Promise<Setback | null> {
  const ids = await missingUnmanaged(options.db, reading, MOST_MISSING + 1);
  return ids.length > MOST_MISSING ? null : readEach(options, reading, 'user', ids, talk);
}

async function readEach(
  options: ReadingOptions,
  reading: Reading,
  kind: RecordKind,
  ids: readonly string[],
  talk: Conversation = new WindowConversation(options),
): Promise<Setback | null> {
  const answers = await Promise.all(ids.map((id) => readOne(talk, kind, id)));
  const setback = answers.map((answer) => (answer.ok ? null : answer.setback)).find(isInTheWay);
  if (setback) return setback;
  const there = answers.flatMap((answer) =>
    answer.ok ? [remoteRecord(answer.value, options.connection)] : [],
  );
  if (there.length > 0) await keepPage(options.db, options.lease, reading, kind, there);
  return null;
}

function readOne(
  talk: Conversation,
  kind: RecordKind,
  id: string,
): Promise<Answer<RemoteUser | RemoteGroup>> {
  return kind === 'user' ? askForUser(talk, id) : askForGroup(talk, id);
}

/** Neither "gone" nor "cannot be asked for": nothing can be said of the record yet. */
function isInTheWay(setback: Setback | null): setback is Setback {
  return setback !== null && setback.kind !== 'again' && setback.kind !== 'refused';
}
