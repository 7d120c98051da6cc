/** Reading a target's list for what has certain names: without a filter, nothing else tells whether it is there. */
import { recordKey } from '../name-key.ts';
import type { Failure } from '../provisioning/settlement.ts';
import type { Answer } from './conversation.ts';
import { isWhole, type Ending } from './pages.ts';

/** What a list has of the names for which it was read. */
export interface NamedRecords<T> {
  /** By the name in lower case; an empty list where nothing has it. */
  readonly named: ReadonlyMap<string, readonly T[]>;
  /** False where the list moved each time that it was read, or came to no end: it may have skipped what it did not show. */
  readonly sure: boolean;
}

/** How a list is read. */
export interface ListSource<T> {
  /** Reads all of it again. */
  readonly pages: () => AsyncGenerator<Answer<readonly T[]>, Ending>;
  /** The name of one of its records, in lower case; null where it has none. */
  readonly keyOf: (one: T) => string | null;
}

const MOST_READINGS = 3;

const MOVING: Failure = {
  code: 'list-moving',
  message:
    'The application’s list changed each time that it was read, or was not shown to its end, so that somebody may have been skipped.',
};

/**
 * Reads a list and keeps only what has these names. Pages are asked for by position (RFC 7644 §3.4.2.4): where a record goes that
 * was shown already, all after it move up, and one of them past the end of a page that is still to be read. That nothing has a name
 * is sure only of a list of which nobody is gone when it is read again, and that came to its end both times.
 */
export async function readNamed<T extends { readonly id: string }>(
  { pages, keyOf }: ListSource<T>,
  names: readonly string[],
): Promise<Answer<NamedRecords<T>>> {
  const found = new Map(names.map((name) => [recordKey(name), new Map<string, T>()]));
  let before: ReadonlySet<string> | undefined;
  for (let reading = 0; reading < MOST_READINGS; reading += 1) {
    const ids = new Set<string>();
    const list = pages();
    let next = await list.next();
    for (; !next.done; next = await list.next()) {
      if (!next.value.ok) return next.value;
      for (const one of next.value.value) {
        ids.add(one.id);
        found.get(keyOf(one) ?? '')?.set(one.id, one);
      }
    }
    if (isEachThere(found)) return listed(found, true);
    if (!isWhole(next.value, ids.size)) continue;
    if (before && isSubset(before, ids)) return listed(found, true);
    before = ids;
  }
  return listed(found, false);
}

/** What has that name, of a list that was read for it. */
export function thoseNamed<T>(name: string, read: Answer<NamedRecords<T>>): Answer<readonly T[]> {
  return read.ok ? { ok: true, value: read.value.named.get(recordKey(name)) ?? [] } : read;
}

/** The same for what may be there: where it is not sure that nothing has the name, it is to be looked for later. */
export function thoseSurelyNamed<T>(name: string, read: Answer<NamedRecords<T>>): Answer<readonly T[]> {
  const found = thoseNamed(name, read);
  if (!read.ok || read.value.sure || !found.ok || found.value.length > 0) return found;
  return { ok: false, setback: { kind: 'later', failure: MOVING, retryAfterMs: 0, uncertain: false } };
}

type Found<T> = ReadonlyMap<string, ReadonlyMap<string, T>>;

const isEachThere = (found: Found<unknown>): boolean => [...found.values()].every(({ size }) => size > 0);

function listed<T>(found: Found<T>, sure: boolean): Answer<NamedRecords<T>> {
  const named = new Map([...found].map(([name, records]) => [name, [...records.values()]]));
  return { ok: true, value: { named, sure } };
}

function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  for (const one of some) if (!all.has(one)) return false;
  return true;
}
