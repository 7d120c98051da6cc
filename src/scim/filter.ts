/** Whether a resource satisfies a filter. Reading one is in grammar.ts. */
import { isCaseExact } from './attributes.ts';
import type { AttributePath, ComparisonOperator, Filter } from './grammar.ts';
import { isJsonObject, ownValue, type JsonValue } from './json.ts';
import { wireBoolean } from './resources.ts';

export { parseFilter, type ComparisonOperator, type Filter } from './grammar.ts';

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Whether the resource satisfies the filter (RFC 7644 §3.4.2.2). Of a multi-valued attribute one value is enough; a
 * complex value stands for its `value`; dates are compared as instants, and "True" is true. Texts are compared with
 * case where RFC 7643 §7 says so of a core attribute.
 */
export function matchesFilter(filter: Filter, resource: JsonValue): boolean {
  return matches(filter, resource, '');
}

/** Whether one value of the multi-valued `attribute` satisfies a filter in brackets, whose names are relative to it. */
export function matchesElement(filter: Filter, element: JsonValue, attribute: string): boolean {
  return matches(filter, element, `${attribute.toLowerCase()}.`);
}

/** `prefix`: the attribute whose elements are looked at, and a dot; empty for a whole resource. */
function matches(filter: Filter, value: JsonValue, prefix: string): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((part) => matches(part, value, prefix));
    case 'or':
      return filter.filters.some((part) => matches(part, value, prefix));
    case 'not':
      return !matches(filter.filter, value, prefix);
    case 'present':
      return valuesAt(value, filter.path, prefix).some(isPresent);
    case 'compare':
      return compares(filter.operator, valuesAt(value, filter.path, prefix), filter.value, {
        ignoreCase: !isCaseExact(prefix + nameOf(filter.path)),
      });
  }
}

/** Every value that the path reaches, lists laid flat and unassigned ones left out. */
function valuesAt(value: JsonValue, path: AttributePath, prefix: string): JsonValue[] {
  const holder = path.schema === undefined ? value : membersOf(value, path.schema)[0];
  if (holder === undefined) return [];
  const found = membersOf(holder, path.attribute);
  const { filter, subAttribute } = path;
  const kept =
    filter === undefined
      ? found
      : found.filter((one) => matches(filter, one, `${prefix}${path.attribute.toLowerCase()}.`));
  return subAttribute === undefined ? kept : kept.flatMap((one) => membersOf(one, subAttribute));
}

/** The values under a name. A simple value in a list is its own `value` (RFC 7643 §2.4). */
function membersOf(holder: JsonValue, name: string): JsonValue[] {
  if (!isJsonObject(holder)) return name.toLowerCase() === 'value' ? [holder] : [];
  const value = ownValue(holder, name);
  if (value === undefined) return [];
  return Array.isArray(value) ? value.filter((one) => one !== null) : [value];
}

function nameOf(path: AttributePath): string {
  const schema = path.schema === undefined ? '' : `${path.schema}:`;
  const sub = path.subAttribute === undefined ? '' : `.${path.subAttribute}`;
  return `${schema}${path.attribute}${sub}`.toLowerCase();
}

/** RFC 7644 §3.4.2.2 `pr`: a non-empty value, or a complex one with a non-empty part. */
function isPresent(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(isPresent);
  if (isJsonObject(value)) return Object.values(value).some(isPresent);
  return value !== null && value !== '';
}

interface How {
  readonly ignoreCase: boolean;
}

function compares(
  operator: ComparisonOperator,
  found: readonly JsonValue[],
  wanted: string | number | boolean | null,
  how: How,
): boolean {
  if (wanted === null) return (operator === 'ne') === found.some(isPresent);
  if (found.length === 0) return operator === 'ne';
  return found.some((one) => comparesOne(operator, simple(one), wanted, how));
}

/** `emails co "x"` means the `value` of each (RFC 7644 §3.4.2.2). */
function simple(value: JsonValue): JsonValue | undefined {
  return isJsonObject(value) ? ownValue(value, 'value') : value;
}

function comparesOne(
  operator: ComparisonOperator,
  value: JsonValue | undefined,
  wanted: string | number | boolean,
  how: How,
): boolean {
  if (typeof value === 'string' && typeof wanted === 'string')
    return comparesTexts(operator, value, wanted, how);
  if (typeof value === 'number' && typeof wanted === 'number') return ordered(operator, value, wanted);
  const is = typeof wanted === 'boolean' ? (wireBoolean(value) ?? value) : value;
  return operator === 'ne' ? is !== wanted : operator === 'eq' && is === wanted;
}

function comparesTexts(operator: ComparisonOperator, value: string, wanted: string, how: How): boolean {
  const folded = (text: string): string => (how.ignoreCase ? text.toLowerCase() : text);
  const [is, asked] = [folded(value), folded(wanted)];
  if (operator === 'co') return is.includes(asked);
  if (operator === 'sw') return is.startsWith(asked);
  if (operator === 'ew') return is.endsWith(asked);
  const [valueAt, wantedAt] = [instant(value), instant(wanted)];
  return valueAt !== undefined && wantedAt !== undefined
    ? ordered(operator, valueAt, wantedAt)
    : ordered(operator, is, asked);
}

/** Milliseconds of a text that is a complete dateTime (RFC 7643 §2.3.5). */
function instant(text: string): number | undefined {
  return dateTime.test(text) ? Date.parse(text) : undefined;
}

function ordered<T extends string | number>(operator: ComparisonOperator, value: T, wanted: T): boolean {
  switch (operator) {
    case 'eq':
      return value === wanted;
    case 'ne':
      return value !== wanted;
    case 'gt':
      return value > wanted;
    case 'ge':
      return value >= wanted;
    case 'lt':
      return value < wanted;
    case 'le':
      return value <= wanted;
    case 'co':
    case 'sw':
    case 'ew':
      return false;
  }
}
