/** Somebody else changed the record while it was being edited (RFC 9110 §15.5.13, 412). */
import { Button, List } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { Notice } from './notice';
import { Shown } from './page-state';
import { isSame } from './same';
import { When } from './when';
import { count } from './words';

/** The record as it is now. */
export interface Newest<V> {
  readonly values: V;
  readonly changedAt: string;
  /** Takes it as the one that is edited: the next save is a change to this version. */
  readonly accept: () => void;
  /** How each field is called, nested ones by their path. */
  readonly labels: Readonly<Record<string, string>>;
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string {
  if (Array.isArray(value)) return count(value.length, 'row');
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : 'nothing';
}

/** The fields that somebody else changed, nested ones by their path, and what they hold now. */
function changedFields(before: unknown, now: unknown, path = ''): [path: string, text: string][] {
  if (isSame(before, now)) return [];
  if (!isGroup(before) || !isGroup(now)) return [[path, textOf(now)]];
  const inside = (name: string) => (path === '' ? name : `${path}.${name}`);
  return Object.keys(now).flatMap((name) => changedFields(before[name], now[name], inside(name)));
}

/** How a field is called, or else what it is a part of. */
function labelOf(labels: Newest<unknown>['labels'], path: string): string {
  const end = path.lastIndexOf('.');
  return labels[path] ?? (end === -1 ? path : labelOf(labels, path.slice(0, end)));
}

/** What is there now, with what was typed over it: a field that nobody touched is not set back. */
export function merged<T>(before: T, typed: T, now: T): T {
  if (!isGroup(before) || !isGroup(typed) || !isGroup(now)) return isSame(before, typed) ? now : typed;
  const names = Object.keys(now);
  return Object.fromEntries(names.map((name) => [name, merged(before[name], typed[name], now[name])])) as T;
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
              <Button
                size="xs"
                variant="default"
                onClick={() => take(found, merged(form.getInitialValues(), form.values, found.values))}
              >
                Keep what I typed
              </Button>
            </>
          }
        >
          It was saved <When at={found.changedAt} />, and what you typed is still here. Now it says:
          <List size="sm" mt={4}>
            {changedFields(form.getInitialValues(), found.values).map(([path, text]) => (
              <List.Item key={path}>
                {labelOf(found.labels, path)}: {text}
              </List.Item>
            ))}
          </List>
        </Notice>
      )}
    </Shown>
  );
}
