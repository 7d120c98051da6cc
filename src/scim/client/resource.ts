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

/** The PATCH operations that make those changes (RFC 7644 §3.5.2), one for each. */
export function patchOperations(changes: readonly PathChange[]): PatchOperation[] {
  return changes.flatMap(({ path, before, after }) => {
    const [was, is] = [before ?? undefined, after ?? undefined];
    if (is === undefined) return was === undefined ? [] : [removal(path)];
    return [was === undefined ? addition(path, is) : { op: 'replace', path, value: is }];
  });
}

/**
 * A value that a list does not hold yet is added to the list itself: what an `add` under a filter that selects nothing
 * means, RFC 7644 does not say, and targets differ.
 */
function addition(path: string, value: JsonValue): PatchOperation {
  const { schema, attribute, filter, subAttribute } = attributePathOf(path);
  if (filter === undefined) return { op: 'add', path, value };
  const list = schema === undefined ? attribute : `${schema}:${attribute}`;
  const inner = subAttribute === undefined ? value : { [subAttribute]: value };
  return {
    op: 'add',
    path: list,
    value: [{ ...elementOf(filter), ...(isJsonObject(inner) ? inner : { value: inner }) }],
  };
}

/** An email without its address is no email, so the whole value goes. */
function removal(path: string): PatchOperation {
  const whole = path.endsWith('].value') ? path.slice(0, -'.value'.length) : path;
  return { op: 'remove', path: whole };
}

/** The extension's URN, also where the path is the whole extension. */
function extensionOf({ schema, attribute }: AttributePath): string | undefined {
  return schema ?? (/^urn:/i.test(attribute) ? attribute : undefined);
}
