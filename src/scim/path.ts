/** Attribute paths: reading one, and getting at what it names. */
import { isMultiValued } from './attributes.ts';
import { badRequest } from './error.ts';
import { matchesElement } from './filter.ts';
import { parseAttributePath, type AttributePath, type Filter } from './grammar.ts';
import { isJsonObject, ownName, ownValue, type JsonObject, type JsonValue } from './json.ts';
import { wireBoolean } from './resources.ts';

export { parseAttributePath, type AttributePath } from './grammar.ts';

/** Paths come from mappings and are few; the bound is there for those that come from requests. */
const known = new Map<string, AttributePath>();
const MOST_KNOWN = 500;

/** The path, read once for each text. Throws ScimError 400 `invalidPath`. */
export function attributePathOf(path: string | AttributePath): AttributePath {
  if (typeof path !== 'string') return path;
  const found = known.get(path);
  if (found !== undefined) return found;
  const read = parseAttributePath(path);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(path, read);
  return read;
}

/**
 * The value at a path, attribute names compared without case; undefined where there is none or it is null. Where the
 * path leads into a list, the first value that its filter selects; without a filter, the primary one or else the first.
 */
export function readAttribute(resource: JsonObject, path: string | AttributePath): JsonValue | undefined {
  const { schema, attribute, filter, subAttribute } = attributePathOf(path);
  const holder = schema === undefined ? resource : ownValue(resource, schema);
  if (!isJsonObject(holder)) return undefined;
  const value = ownValue(holder, attribute);
  if (filter === undefined && subAttribute === undefined) return value;
  const selected = Array.isArray(value) ? select(value, attribute, filter) : value;
  if (subAttribute === undefined) return selected;
  return isJsonObject(selected) ? ownValue(selected, subAttribute) : undefined;
}

function select(
  values: readonly JsonValue[],
  attribute: string,
  filter: Filter | undefined,
): JsonValue | undefined {
  if (filter !== undefined) return values.find((value) => matchesElement(filter, value, attribute));
  return values.find(isPrimary) ?? values[0];
}

/** Whether a value of a list is its primary one (RFC 7643 §2.4), also where a service says so with "True". */
function isPrimary(value: JsonValue): boolean {
  return isJsonObject(value) && wireBoolean(ownValue(value, 'primary')) === true;
}

/**
 * Sets the value at a path **in the given resource**, making what is missing on the way: writing
 * `emails[type eq "work"].value` into `{}` gives `{ emails: [{ type: 'work', value, primary: true }] }`; the first
 * value of a list is its primary one. Throws ScimError 400 `invalidPath`, also for a filter that describes no value.
 */
export function writeAttribute(resource: JsonObject, path: string | AttributePath, value: JsonValue): void {
  const { schema, attribute, filter, subAttribute } = attributePathOf(path);
  const holder = schema === undefined ? resource : objectIn(resource, schema);
  if (filter === undefined && subAttribute === undefined) {
    set(holder, attribute, value);
  } else if (filter === undefined && !isMultiValued(attribute)) {
    set(objectIn(holder, attribute), subAttribute ?? 'value', value);
  } else {
    writeElement(holder, attribute, { filter, subAttribute }, value);
  }
}

function writeElement(
  holder: JsonObject,
  attribute: string,
  at: { filter: Filter | undefined; subAttribute: string | undefined },
  value: JsonValue,
): void {
  const list = ownValue(holder, attribute);
  const listed = Array.isArray(list) ? list : [];
  const found = select(listed, attribute, at.filter);
  const element = isJsonObject(found) ? found : newElement(at.filter, listed.length === 0);
  if (element !== found) set(holder, attribute, [...listed, element]);
  if (at.subAttribute !== undefined) set(element, at.subAttribute, value);
  else if (isJsonObject(value)) Object.entries(value).forEach(([name, inner]) => set(element, name, inner));
  else set(element, 'value', value);
}

function newElement(filter: Filter | undefined, first: boolean): JsonObject {
  const element = filter === undefined ? {} : elementOf(filter);
  if (first && ownName(element, 'primary') === undefined) element['primary'] = true;
  return element;
}

/**
 * The smallest complex value that satisfies a filter made of `eq` and `and`: `type eq "work"` gives `{ type: 'work' }`.
 * Throws ScimError 400 `invalidPath` for any other filter, which describes no single value.
 */
export function elementOf(filter: Filter): JsonObject {
  if (filter.kind === 'and') {
    return Object.fromEntries(filter.filters.flatMap((part) => Object.entries(elementOf(part))));
  }
  const { kind } = filter;
  if (kind === 'compare' && filter.operator === 'eq' && filter.path.subAttribute === undefined) {
    return { [filter.path.attribute]: filter.value };
  }
  throw badRequest('invalidPath', 'A value can be made only from a filter of "eq" joined with "and".');
}

/** An assignment to `__proto__` would not make a property; to every other name it is several times faster than defining one. */
function set(object: JsonObject, name: string, value: JsonValue): void {
  const own = ownName(object, name) ?? name;
  if (own !== '__proto__') object[own] = value;
  else Object.defineProperty(object, own, { value, enumerable: true, writable: true, configurable: true });
}

function objectIn(holder: JsonObject, name: string): JsonObject {
  const found = ownValue(holder, name);
  if (isJsonObject(found)) return found;
  const made: JsonObject = {};
  set(holder, name, made);
  return made;
}
