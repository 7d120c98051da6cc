/** Changing which records belong to another: ids to add to it, and ids to take away. */
import { badInput } from '../errors.ts';

export interface IdChange {
  /** One that belongs to it already stays, and is no change. */
  readonly add: readonly string[];
  /** One that does not belong to it is no change. */
  readonly remove: readonly string[];
}

/** Throws a `Problem` that names the first id that is to be added and to be taken away: `what` it names, and what to do. */
export function refuseBoth({ add, remove }: IdChange, what: string, advice: string): void {
  const added = new Set(add);
  const at = remove.findIndex((id) => added.has(id));
  if (at < 0) return;
  const path = `remove[${at}]`;
  throw badInput(`${path} names ${what} to be added as well. ${advice}`, [
    { path, message: 'is to be added as well.' },
  ]);
}
