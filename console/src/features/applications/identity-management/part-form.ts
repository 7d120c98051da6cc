/** A form over a part of the connection: another part may be saved meanwhile, here or by somebody else, and is no conflict. */
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tagged } from '../../../api/client';
import { isConflict } from '../../../api/problem';
import type { Newest } from '../../../ui/conflict';
import { applicationQuery } from '../queries';
import type { PartProps } from './identity-management';
import { changeConnection, connectionQuery, type Connection, type ConnectionChange } from './queries';

interface Part<V> extends PartProps {
  readonly valuesOf: (connection: Connection) => V;
  readonly labels: Newest<V>['labels'];
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function usePartForm<V extends Record<string, unknown>>({
  application: { id },
  connection,
  valuesOf,
  labels,
}: Part<V>) {
  const client = useQueryClient();
  const [base, setBase] = useState(connection);
  const form = useForm<V>({ initialValues: valuesOf(connection.value) });
  const begin = (from: Tagged<Connection>) => {
    setBase(from);
    const values = valuesOf(from.value);
    form.setInitialValues(values);
    form.setValues(values);
  };
  const untouched = isSame(valuesOf(base.value), valuesOf(connection.value));
  const readNewest = async (): Promise<Newest<V>> => {
    const now = await client.query({ ...connectionQuery(id), staleTime: 0 });
    const { value } = await client.query({ ...applicationQuery(id), staleTime: 0 });
    return {
      values: valuesOf(now.value),
      changedAt: value.updatedAt,
      labels,
      accept: () => setBase(now),
    };
  };
  /** Where another part was changed meanwhile, this one is saved all the same. */
  const save = async (change: ConnectionChange): Promise<Tagged<Connection>> => {
    try {
      return await changeConnection(id, untouched ? connection.etag : base.etag, change);
    } catch (error) {
      if (!isConflict(error)) throw error;
      const now = await client.query({ ...connectionQuery(id), staleTime: 0 });
      if (!isSame(valuesOf(now.value), valuesOf(base.value))) throw error;
      return changeConnection(id, now.etag, change);
    }
  };
  return {
    form,
    save,
    readNewest,
    discard: form.reset,
    onSaved: begin,
  };
}
