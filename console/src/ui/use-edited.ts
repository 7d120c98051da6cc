/** The form over one record, in a dialog or in the page all the time, while others may change the record too. */
import { useForm, type FormErrors, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import type { Tagged } from '../api/client';
import type { Newest } from './conflict';
import { isSame } from './same';

interface Options<T, V extends object> {
  /** The record as it was last read. */
  readonly newest: Tagged<T>;
  /** What of it the form holds. */
  readonly valuesOf: (record: T) => V;
  /** How each field is called. */
  readonly labels: Newest<V>['labels'];
  /** Reads the record as it is now. */
  readonly read: () => Promise<Tagged<T>>;
  readonly changedAt: (record: T) => string | Promise<string>;
  /** What is wrong with it before it is sent, by field. */
  readonly validate?: (values: V) => FormErrors;
}

interface Edited<T, V extends object> {
  readonly form: UseFormReturnType<V>;
  /** The version that a save changes. */
  readonly edited: Tagged<T>;
  /** The form holds this version from now on, as after a save. */
  readonly accept: (record: Tagged<T>) => void;
  readonly readNewest: () => Promise<Newest<V>>;
}

/**
 * Another version in which nothing of the form's differs is as good as the one that the form began with; where something does,
 * a form in which nobody typed yet shows that version.
 */
export function useEdited<T, V extends object>(options: Options<T, V>): Edited<T, V> {
  const { newest, valuesOf, labels, read, changedAt, validate } = options;
  const [begun, setBegun] = useState(newest);
  const [seen, setSeen] = useState(newest);
  const form = useForm<V>({ initialValues: valuesOf(newest.value), ...(validate && { validate }) });
  const accept = (record: Tagged<T>) => {
    setBegun(record);
    form.setInitialValues(valuesOf(record.value));
    form.setValues(valuesOf(record.value));
  };
  const readNewest = async (): Promise<Newest<V>> => {
    const now = await read();
    return {
      values: valuesOf(now.value),
      changedAt: await changedAt(now.value),
      labels,
      accept: () => setBegun(now),
    };
  };
  const isAsBegun = isSame(valuesOf(newest.value), valuesOf(begun.value));
  if (newest !== seen) {
    setSeen(newest);
    if (!isAsBegun && !form.isDirty()) accept(newest);
  }
  return { form, edited: isAsBegun ? newest : begun, accept, readNewest };
}
