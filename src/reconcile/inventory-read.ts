/** Reading what a target holds, a list at a time, and keeping it for the comparison. */
import { USER_NAME } from '../provisioning/desired.ts';
import { getGroupRequest, judgeGroup, judgeGroupPage, listGroupsRequest } from '../scim/client/groups.ts';
import type { RemoteGroup, RemoteUser } from '../scim/client/remote.ts';
import { valuesOf } from '../scim/client/resource.ts';
import {
  getUserRequest,
  judgeUser,
  judgeUserPage,
  listUsersRequest,
  type PageRequest,
} from '../scim/client/users.ts';
import type { Handle } from '../store/database.ts';
import { missingLinks, storePage, type InventoryRun, type RemoteRecord } from '../store/inventory.ts';
import type { Lease } from '../store/lanes.ts';
import type { RecordKind } from '../store/tables.ts';
import type { Connection } from './connection.ts';
import { Conversation, type Answer, type Setback, type Target } from './conversation.ts';
import { readPages } from './pages.ts';
import { scalars } from './user-steps.ts';
import type { Window } from './window.ts';

export interface InventoryOptions {
  readonly db: Handle;
  readonly lease: Lease;
  readonly connection: Connection;
  readonly target: Target;
  readonly window: Window;
}

/** Where a list lacks more than so many records, asking for each of them is no longer cheap. */
const MOST_MISSING = 1000;

/** Reads the list of users or groups to its end, and keeps it. */
export async function readAll(
  options: InventoryOptions,
  run: InventoryRun,
  kind: RecordKind,
): Promise<Setback | null> {
  const talk = throughWindow(options);
  const { pageSize } = options.connection.behaviour;
  const groupPage = (page: PageRequest) => listGroupsRequest(page, { withoutMembers: true });
  const pages =
    kind === 'user'
      ? readPages<RemoteUser | RemoteGroup>(talk, listUsersRequest, judgeUserPage, pageSize)
      : readPages<RemoteUser | RemoteGroup>(talk, groupPage, judgeGroupPage, pageSize);
  for await (const page of pages) {
    if (!page.ok) return page.setback;
    await storePage(
      options.db,
      run,
      kind,
      page.value.map((record) => remoteRecord(record, options.connection.paths)),
    );
  }
  return null;
}

/** A conversation each of whose requests takes its turn in the lane's window, behind the leavers. */
export function throughWindow({ target, window }: InventoryOptions): Conversation {
  const talk = new Conversation({
    ...target,
    transport: {
      ...target.transport,
      send: (request) => window.run(1, () => target.transport.send(request)),
    },
  });
  return talk;
}

function remoteRecord(record: RemoteUser | RemoteGroup, paths: readonly string[]): RemoteRecord {
  if ('displayName' in record) {
    return {
      remoteId: record.id,
      key: record.displayName.toLowerCase(),
      values: { displayName: record.displayName },
      active: true,
    };
  }
  const values = scalars(valuesOf(record.resource, paths));
  const userName = record.resource[USER_NAME];
  return {
    remoteId: record.id,
    key: typeof userName === 'string' ? userName.toLowerCase() : '',
    values,
    active: record.active !== false,
  };
}

/**
 * Asks for each record that the list lacks by its id, and keeps what is there after all: a list may be cut off, or have
 * shifted while it was read, and what is taken for gone would be created again.
 */
export async function readMissing(
  options: InventoryOptions,
  run: InventoryRun,
  kind: RecordKind,
): Promise<Setback | null> {
  const ids = await missingLinks(options.db, run, kind, MOST_MISSING + 1);
  if (ids.length > MOST_MISSING) return null;
  const answers = await Promise.all(ids.map((id) => readOne(options, kind, id)));
  const setback = answers.map((answer) => (answer.ok ? null : answer.setback)).find(isInTheWay);
  if (setback) return setback;
  const there = answers.flatMap((answer) =>
    answer.ok ? [remoteRecord(answer.value, options.connection.paths)] : [],
  );
  if (there.length > 0) await storePage(options.db, run, kind, there);
  return null;
}

function readOne(
  options: InventoryOptions,
  kind: RecordKind,
  id: string,
): Promise<Answer<RemoteUser | RemoteGroup>> {
  const talk = throughWindow(options);
  return kind === 'user'
    ? talk.ask(getUserRequest(id), judgeUser)
    : talk.ask(getGroupRequest(id, { withoutMembers: true }), judgeGroup);
}

/** Neither "gone" nor "cannot be asked for": nothing can be said of the record yet. */
function isInTheWay(setback: Setback | null): setback is Setback {
  return setback !== null && setback.kind !== 'again' && setback.kind !== 'refused';
}
