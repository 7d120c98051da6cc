/** A form over a part of the connection: another part may be saved meanwhile, here or by somebody else, and is no conflict. */
import type { Tagged } from '../../../api/client';
import { isConflict } from '../../../api/problem';
import { readAnew } from '../../../api/queries';
import type { Newest } from '../../../ui/conflict';
import { isSame } from '../../../ui/same';
import { useEdited } from '../../../ui/use-edited';
import { applicationChangedAt, type Application } from '../queries';
import { changeConnection, connectionQuery, type Connection, type ConnectionChange } from './queries';

/** What each part of the page is about. */
export interface PartProps {
  readonly application: Application;
  readonly connection: Tagged<Connection>;
}

interface Part<V> extends PartProps {
  /** What of the connection the form holds. */
  readonly valuesOf: (connection: Connection) => V;
  readonly labels: Newest<V>['labels'];
}

/**
 * Saves a change to a part of a connection, also where another part of it was changed since it was read. Throws an
 * `ApiProblem` of status 412 where it was this part, which is what `valuesOf` takes of it.
 */
export async function savePart(
  id: string,
  seen: Tagged<Connection>,
  valuesOf: (connection: Connection) => object,
  change: ConnectionChange,
): Promise<Tagged<Connection>> {
  try {
    return await changeConnection(id, seen.etag, change);
  } catch (error) {
    if (!isConflict(error)) throw error;
    const now = await readAnew(connectionQuery(id));
    if (!isSame(valuesOf(now.value), valuesOf(seen.value))) throw error;
    return changeConnection(id, now.etag, change);
  }
}

export function usePartForm<V extends object>({
  application: { id },
  connection,
  valuesOf,
  labels,
}: Part<V>) {
  const part = useEdited({
    newest: connection,
    valuesOf,
    labels,
    read: () => readAnew(connectionQuery(id)),
    changedAt: () => applicationChangedAt(id),
  });
  const save = (change: ConnectionChange) => savePart(id, part.edited, valuesOf, change);
  return { ...part, save };
}
