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

export function usePartForm<V extends object>({
  application: { id },
  connection,
  valuesOf,
  labels,
}: Part<V>) {
  const read = () => readAnew(connectionQuery(id));
  const changedAt = () => applicationChangedAt(id);
  const part = useEdited({ newest: connection, valuesOf, labels, read, changedAt });
  const { edited } = part;
  /** Where another part was changed meanwhile, this one is saved all the same. */
  const save = async (change: ConnectionChange): Promise<Tagged<Connection>> => {
    try {
      return await changeConnection(id, edited.etag, change);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const now = await read();
      if (!isSame(valuesOf(now.value), valuesOf(edited.value))) throw error;
      return changeConnection(id, now.etag, change);
    }
  };
  return { ...part, save };
}
