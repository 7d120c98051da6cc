/** A form over a part of the connection. */
import type { FormErrors } from '@mantine/form';
import type { Tagged } from '../../../api/client';
import { readAnew } from '../../../api/queries';
import type { Newest } from '../../../ui/conflict';
import { useEdited } from '../../../ui/use-edited';
import { applicationChangedAt, type Application } from '../queries';
import { savePart } from '../save-part';
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
  /** What is wrong with it before it is sent. */
  readonly validate?: (values: V) => FormErrors;
}

/** Saves a change to the part of the connection that `valuesOf` takes of it. */
export const saveConnectionPart = (
  id: string,
  seen: Tagged<Connection>,
  valuesOf: (connection: Connection) => object,
  change: ConnectionChange,
): Promise<Tagged<Connection>> =>
  savePart({
    seen,
    valuesOf,
    read: () => readAnew(connectionQuery(id)),
    save: (etag) => changeConnection(id, etag, change),
  });

export function usePartForm<V extends object>({
  application: { id },
  connection,
  valuesOf,
  labels,
  validate,
}: Part<V>) {
  const part = useEdited({
    newest: connection,
    valuesOf,
    labels,
    ...(validate && { validate }),
    read: () => readAnew(connectionQuery(id)),
    changedAt: () => applicationChangedAt(id),
  });
  const save = (change: ConnectionChange) => saveConnectionPart(id, part.edited, valuesOf, change);
  return { ...part, save };
}
