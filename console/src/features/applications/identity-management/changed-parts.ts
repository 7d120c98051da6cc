/** What differs between two records, at any depth: a save sends that and leaves the rest as it is. */

/** Some of it, at any depth. */
export type Parts<T> = { [K in keyof T]?: T[K] extends object ? Parts<T[K]> : T[K] };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What differs, and nothing else: the rest stays the connector's own. Undefined where nothing differs. */
export function changedParts<T extends object>(before: T, after: T): Parts<T> | undefined {
  const earlier = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).flatMap(([name, value]: [string, unknown]) => {
    const old = earlier.get(name);
    const part =
      isObject(value) && isObject(old) ? changedParts(old, value) : value === old ? undefined : value;
    return part === undefined ? [] : [[name, part]];
  });
  return changed.length === 0 ? undefined : (Object.fromEntries(changed) as Parts<T>);
}
