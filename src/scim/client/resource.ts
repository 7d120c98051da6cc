/** Users as they are sent and compared: by the paths that a mapping names, and nothing else (R14). */
import { isJsonObject, isJsonScalar, type JsonObject, type JsonScalar, type JsonValue } from '../json.ts';
import { attributePathOf, elementOf, readAttribute, writeAttribute, type AttributePath } from '../path.ts';
import { urn, type PatchOperation } from '../resources.ts';

/** Values by attribute path, such as `emails[type eq "work"].value`. */
export type PathValues = Readonly<Record<string, JsonValue>>;

/** A change of the value at one path. Undefined and null are "no value". */
export interface PathChange {
  readonly path: string;
  readonly before?: JsonValue | undefined;
  readonly after?: JsonValue | undefined;
}

/**
 * The User resource that holds those values, with `extra` beside them (`active`, `externalId`). Null is left out, as
 * targets stumble over it. Extensions get their object and their URN in `schemas`. Throws ScimError `invalidPath`.
 */
export function resourceFrom(values: PathValues, extra: JsonObject = {}): JsonObject {
  const schemas: string[] = [urn.user];
  const resource: JsonObject = { schemas, ...extra };
  for (const path in values) {
    const value = values[path];
    if (value === undefined || value === null) continue;
    const at = attributePathOf(path);
    const extension = extensionOf(at);
    if (extension !== undefined && !schemas.includes(extension)) schemas.push(extension);
    writeAttribute(resource, at, value);
  }
  return resource;
}

/**
 * The plain values that a resource has at those paths, by path. A mapping writes no others: whatever else a target shows in
 * their place is left out, as are paths without a value.
 */
export function scalarsOf(resource: JsonObject, paths: readonly string[]): Record<string, JsonScalar> {
  const found: Record<string, JsonScalar> = {};
  for (const path of paths) {
    const value = readAttribute(resource, path);
    if (isJsonScalar(value)) found[path] = value;
  }
  return found;
}

/**
 * The PATCH operations that make those changes (RFC 7644 §3.5.2). `values` are those that are to be there afterwards, at the paths that do
 * not change too: of a value of a list, several paths may be parts.
 */
export function patchOperations(changes: readonly PathChange[], values: PathValues = {}): PatchOperation[] {
  const { held, staying } = elementsIn(changes, values);
  const removed = new Set(changes.filter(isRemoval).map(({ path }) => path));
  const added = new Map<string, JsonObject>();
  return changes.flatMap(({ path, before, after }): PatchOperation[] => {
    const [was, is] = [before ?? undefined, after ?? undefined];
    const element = elementNamed(path);
    if (is === undefined)
      return was === undefined ? [] : removal(path, element, { removed, stays: staying.has(element) });
    if (was !== undefined) return [{ op: 'replace', path, value: is }];
    return element === '' || held.has(element)
      ? [{ op: 'add', path, value: is }]
      : addition(path, is, { element, added });
  });
}

const isRemoval = ({ before, after }: PathChange): boolean =>
  (before ?? undefined) !== undefined && (after ?? undefined) === undefined;

/** The value of a list of which a path names a part: `emails[type eq "work"]`. Empty where it leads into no list. */
const elementNamed = (path: string): string => path.slice(0, path.lastIndexOf(']') + 1);

/** The values of lists that the target has before the changes, and those of which something is there after them. */
function elementsIn(
  changes: readonly PathChange[],
  values: PathValues,
): { held: ReadonlySet<string>; staying: ReadonlySet<string> } {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const unchanged = Object.keys(values).filter((path) => !changed.has(path));
  const had = changes.filter(({ before }) => (before ?? undefined) !== undefined);
  const has = changes.filter(({ after }) => (after ?? undefined) !== undefined);
  const elements = (some: readonly PathChange[]): ReadonlySet<string> =>
    new Set([...unchanged, ...some.map(({ path }) => path)].map(elementNamed));
  return { held: elements(had), staying: elements(has) };
}

/**
 * A value that a list does not hold yet is added to the list itself, with all its parts at once: what an `add` under a filter that
 * selects nothing means, RFC 7644 does not say, and targets differ.
 */
function addition(
  path: string,
  value: JsonValue,
  { element, added }: { readonly element: string; readonly added: Map<string, JsonObject> },
): PatchOperation[] {
  const { schema, attribute, filter, subAttribute } = attributePathOf(path);
  if (filter === undefined) return [{ op: 'add', path, value }];
  const inner = subAttribute === undefined ? value : { [subAttribute]: value };
  const part = isJsonObject(inner) ? inner : { value: inner };
  const begun = added.get(element);
  if (begun !== undefined) {
    Object.assign(begun, part);
    return [];
  }
  const whole = { ...elementOf(filter), ...part };
  added.set(element, whole);
  const list = schema === undefined ? attribute : `${schema}:${attribute}`;
  return [{ op: 'add', path: list, value: [whole] }];
}

/** An email without its address is no email, so the whole value goes, unless other parts of it are to stay. */
function removal(
  path: string,
  element: string,
  { removed, stays }: { readonly removed: ReadonlySet<string>; readonly stays: boolean },
): PatchOperation[] {
  const main = `${element}.value`;
  if (element === '' || stays || !removed.has(main)) return [{ op: 'remove', path }];
  return path === main ? [{ op: 'remove', path: element }] : [];
}

/** The extension's URN, also where the path is the whole extension. */
function extensionOf({ schema, attribute }: AttributePath): string | undefined {
  return schema ?? (/^urn:/i.test(attribute) ? attribute : undefined);
}
