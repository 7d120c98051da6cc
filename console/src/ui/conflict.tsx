/** Somebody else changed the record while it was being edited (RFC 9110 §15.5.13, 412). */
import { Button, List } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { Notice } from './notice';
import { Shown } from './page-state';
import { When } from './when';

/** The record as it is now. */
export interface Newest<V> {
  readonly values: V;
  readonly changedAt: string;
  /** Takes it as the one that is edited: the next save is a change to this version. */
  readonly accept: () => void;
  /** How each field is called. */
  readonly labels: Readonly<Partial<Record<keyof V, string>>>;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The fields that somebody else changed, and what they hold now. */
function changedFields<V extends object>(before: V, { values, labels }: Newest<V>): [string, string][] {
  const names = Object.keys(values) as (keyof V)[];
  return names
    .filter((name) => !isSame(before[name], values[name]))
    .map((name) => [labels[name] ?? String(name), textOf(values[name])]);
}

const textOf = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : 'nothing, or not in a word';

/** What is there now, with what was typed over it: a field that nobody touched is not set back. */
function merged<V extends object>(form: UseFormReturnType<V>, newest: V): V {
  const before = form.getInitialValues();
  const typed = (Object.keys(newest) as (keyof V)[]).filter(
    (name) => !isSame(form.values[name], before[name]),
  );
  return { ...newest, ...Object.fromEntries(typed.map((name) => [name, form.values[name]])) };
}

interface Props<V extends object> {
  readonly form: UseFormReturnType<V>;
  readonly readNewest: () => Promise<Newest<V>>;
  readonly onLoaded: () => void;
}

/** Says what is different now, and offers to load that, or to go on with what was typed. */
export function Conflict<V extends object>({ form, readNewest, onLoaded }: Props<V>) {
  const newest = useQuery({ queryKey: ['conflict'], queryFn: readNewest, gcTime: 0, staleTime: 0 });
  const take = (found: Newest<V>, values: V) => {
    found.accept();
    form.setInitialValues(found.values);
    form.setValues(values);
    onLoaded();
  };
  return (
    <Shown query={newest} lines={2}>
      {(found) => (
        <Notice
          tone="warn"
          title="Somebody else changed this meanwhile"
          action={
            <>
              <Button size="xs" variant="default" onClick={() => take(found, found.values)}>
                Load what is there now
              </Button>
              <Button size="xs" variant="default" onClick={() => take(found, merged(form, found.values))}>
                Keep what I typed
              </Button>
            </>
          }
        >
          It was saved <When at={found.changedAt} />, and what you typed is still here. Now it says:
          <List size="sm" mt={4}>
            {changedFields(form.getInitialValues(), found).map(([label, text]) => (
              <List.Item key={label}>
                {label}: {text}
              </List.Item>
            ))}
          </List>
        </Notice>
      )}
    </Shown>
  );
}
