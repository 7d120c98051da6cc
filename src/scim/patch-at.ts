/** One PATCH operation at one path (RFC 7644 §3.5.2.1–3), on values that are shared and never changed in place. */
import { isMultiValued } from './attributes.ts';
import { badRequest } from './error.ts';
import { matchesElement } from './filter.ts';
import { isJsonObject, ownName, type JsonObject, type JsonValue } from './json.ts';
import { elementOf, isPrimary, type AttributePath } from './path.ts';

export type Operation =
  { readonly kind: 'add' | 'replace'; readonly value: JsonValue } | { readonly kind: 'remove' };

/** A value as it becomes; undefined is unassigned, on either side. */
type Change = (current: JsonValue | undefined) => JsonValue | undefined;

/** The resource with the operation done at the path. Throws ScimError 400 `noTarget`, `invalidPath`, `invalidValue`. */
export function changeAt(resource: JsonObject, path: AttributePath, operation: Operation): JsonObject {
  const change: Change = (current) => changeAttribute(current, path, operation);
  const { schema, attribute } = path;
  if (schema === undefined) return withMember(resource, attribute, change);
  return withMember(resource, schema, (extension) => {
    if (extension !== undefined && !isJsonObject(extension))
      throw badRequest('invalidPath', `"${schema}" is no object.`);
    return withMember(extension ?? {}, attribute, change);
  });
}

/** A copy of the object in which one member is changed; the object itself where nothing changes. */
function withMember(object: JsonObject, name: string, change: Change): JsonObject {
  const own = ownName(object, name) ?? name;
  const before = Object.hasOwn(object, own) ? (object[own] ?? undefined) : undefined;
  const after = assigned(change(before));
  if (after === before) return object;
  if (after !== undefined) return { ...object, [own]: after };
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== own));
}

/** Null and the empty list are "unassigned" (RFC 7643 §2.5), and so is a complex value without anything in it. */
function assigned(value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null) return undefined;
  const empty = Array.isArray(value)
    ? value.length === 0
    : isJsonObject(value) && Object.keys(value).length === 0;
  return empty ? undefined : value;
}

function changeAttribute(
  current: JsonValue | undefined,
  path: AttributePath,
  operation: Operation,
): JsonValue | undefined {
  const { attribute, filter, subAttribute } = path;
  if (filter === undefined && subAttribute === undefined) return changeValue(current, attribute, operation);
  if (filter === undefined && !Array.isArray(current) && !isMultiValued(attribute)) {
    return changeInside(current ?? {}, path, operation);
  }
  const before = listOf(current);
  return withOnePrimary(before, changeElements(before, path, operation));
}

function changeValue(
  current: JsonValue | undefined,
  attribute: string,
  operation: Operation,
): JsonValue | undefined {
  if (operation.kind === 'remove') return undefined;
  const { kind, value } = operation;
  if (value === null) return kind === 'add' ? current : undefined;
  if (isMultiValued(attribute) || Array.isArray(current) || Array.isArray(value)) {
    const before = listOf(current);
    return withOnePrimary(before, kind === 'add' ? joined(before, listOf(value), attribute) : listOf(value));
  }
  return isJsonObject(value) ? merged(isJsonObject(current) ? current : {}, value, kind) : value;
}

/** Sub-attributes that the value does not name stay as they are (RFC 7644 §3.5.2.1, §3.5.2.3). */
function merged(current: JsonObject, value: JsonObject, kind: 'add' | 'replace'): JsonObject {
  return Object.entries(value).reduce(
    (object, [name, inner]) =>
      withMember(object, name, (now) => changeValue(now, name, { kind, value: inner })),
    current,
  );
}

function changeElements(list: readonly JsonValue[], path: AttributePath, operation: Operation): JsonValue[] {
  const { attribute, filter } = path;
  const selected = new Set(
    filter === undefined ? list : list.filter((one) => matchesElement(filter, one, attribute)),
  );
  if (selected.size === 0) return withoutMatch(list, path, operation);
  return list.flatMap((one) => {
    const changed = selected.has(one) ? assigned(changeElement(one, path, operation)) : one;
    return changed === undefined ? [] : [changed];
  });
}

function withoutMatch(list: readonly JsonValue[], path: AttributePath, operation: Operation): JsonValue[] {
  if (operation.kind === 'remove') return [...list];
  if (operation.kind === 'replace' && path.filter !== undefined) {
    throw badRequest('noTarget', `The filter of "${path.attribute}" selects no value.`);
  }
  const described = path.filter === undefined ? {} : elementOf(path.filter);
  const made = changeElement(described, path, { kind: 'add', value: operation.value });
  return made === undefined ? [...list] : [...list, made];
}

function changeElement(element: JsonValue, path: AttributePath, operation: Operation): JsonValue | undefined {
  if (path.subAttribute !== undefined) return changeInside(element, path, operation);
  if (operation.kind === 'remove' || operation.value === null) return undefined;
  const { kind, value } = operation;
  return kind === 'add' && isJsonObject(element) && isJsonObject(value)
    ? merged(element, value, kind)
    : value;
}

function changeInside(holder: JsonValue, path: AttributePath, operation: Operation): JsonValue {
  const name = path.subAttribute ?? 'value';
  if (!isJsonObject(holder))
    throw badRequest('invalidPath', `"${path.attribute}" has no sub-attribute "${name}".`);
  return withMember(holder, name, (current) => changeValue(current, name, operation));
}

/**
 * The list with the values that it does not hold yet; one that it holds takes over what the new one says of it
 * (RFC 7644 §3.5.2.1: an existing value is not added again). Costs the list once, as groups may be large.
 */
function joined(list: readonly JsonValue[], values: readonly JsonValue[], attribute: string): JsonValue[] {
  const byType = attribute.toLowerCase() !== 'members';
  const incoming = new Map(values.map((value) => [identity(value, byType), value]));
  const kept = list.map((one) => {
    const key = identity(one, byType);
    const same = incoming.get(key);
    incoming.delete(key);
    return isJsonObject(one) && isJsonObject(same) ? { ...one, ...same } : one;
  });
  return [...kept, ...incoming.values()];
}

/** What makes two values of a list the same: `type` and `value` (RFC 7643 §2.4), of members the id alone. */
function identity(value: JsonValue, byType: boolean): string {
  if (!isJsonObject(value)) return `simple ${JSON.stringify(value)}`;
  const { value: inner, type } = value;
  if (typeof inner !== 'string' && typeof inner !== 'number') return `complex ${JSON.stringify(value)}`;
  return byType && typeof type === 'string' ? `${type.toLowerCase()} ${inner}` : ` ${inner}`;
}

/** A value that becomes primary takes that from the others (RFC 7644 §3.5.2). */
function withOnePrimary(before: readonly JsonValue[], after: JsonValue[]): JsonValue[] {
  const primary = after.filter(isPrimary);
  if (primary.length < 2) return after;
  const held = new Set(before);
  const chosen = primary.findLast((one) => !held.has(one)) ?? primary.at(-1);
  return after.map((one) =>
    one !== chosen && isJsonObject(one) && isPrimary(one) ? { ...one, primary: false } : one,
  );
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
