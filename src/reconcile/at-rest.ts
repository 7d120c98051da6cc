/** Whether a list of pages can be believed to lack somebody: one that moved while it was read may have skipped them. */
import type { Failure } from '../provisioning/settlement.ts';
import type { Answer } from './conversation.ts';

/** A list that was read to its end. */
export interface Reading<T> {
  /** What was looked for. */
  readonly found: readonly T[];
  /** Of everything that it showed. */
  readonly ids: ReadonlySet<string>;
}

const MOST_READINGS = 3;

const MOVING: Failure = {
  code: 'list-moving',
  message:
    'The application’s list changed each time that it was read, so that somebody may have been skipped.',
};

/**
 * What a list has of what was looked for. Pages are asked for by position (RFC 7644 §3.4.2.4): where a record goes that was shown already, all
 * after it move up, and one of them past the end of a page that is still to be read. That nothing was found is believed only of a list of
 * which nobody is gone when it is read again; otherwise it is to be looked for later.
 */
export async function onceAtRest<T>(read: () => Promise<Answer<Reading<T>>>): Promise<Answer<readonly T[]>> {
  let before: ReadonlySet<string> | undefined;
  for (let reading = 0; reading < MOST_READINGS; reading += 1) {
    const list = await read();
    if (!list.ok) return list;
    const { found, ids } = list.value;
    if (found.length > 0 || (before && isSubset(before, ids))) return { ok: true, value: found };
    before = ids;
  }
  return { ok: false, setback: { kind: 'later', failure: MOVING, retryAfterMs: 0, uncertain: false } };
}

function isSubset(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  for (const one of some) if (!all.has(one)) return false;
  return true;
}
