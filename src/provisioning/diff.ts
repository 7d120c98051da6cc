/** Comparing is arithmetic: two sets of values in, the changes out. */
import type { Values } from './facts.ts';
import type { Change } from './steps.ts';

/** What turns `before` into `after`, in the order of `after`'s paths, removals last. */
export function diff(before: Values, after: Values): Change[] {
  const changes: Change[] = [];
  for (const [path, value] of Object.entries(after)) {
    if (before[path] !== value) changes.push(change(path, before[path], value));
  }
  for (const [path, value] of Object.entries(before)) {
    if (!(path in after)) changes.push(change(path, value, undefined));
  }
  return changes;
}

function change(path: string, before: Values[string] | undefined, after: Values[string] | undefined): Change {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
