/** Lists: filter, paging and the choice of attributes (RFC 7644 §3.4.2, §3.9). */
import { badRequest } from '../scim/error.ts';
import { matchesFilter, parseFilter } from '../scim/filter.ts';
import { urn, type JsonObject } from '../scim/resources.ts';
import type { Query } from './noun.ts';
import type { World } from './world.ts';

/** What a list is made from. */
export interface Source<T> {
  readonly all: () => readonly T[];
  /** The matches of `attribute eq "value"` by index, or undefined where there is none for that attribute. */
  readonly find: (attribute: string, value: string) => readonly T[] | undefined;
  readonly show: (item: T) => JsonObject;
}

const EQUALS = /^\s*([a-z]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i;

function byIndex<T>(source: Source<T>, filter: string): readonly T[] | undefined {
  const [, attribute, quoted] = EQUALS.exec(filter) ?? [];
  if (attribute === undefined || quoted === undefined) return undefined;
  try {
    return source.find(attribute.toLowerCase(), String(JSON.parse(quoted)));
  } catch {
    return undefined;
  }
}

function select<T>(world: World, source: Source<T>, filter: string | null): readonly T[] {
  if (filter === null || world.behaviour.filter === 'ignored') return source.all();
  if (world.behaviour.filter === 'empty') return [];
  const indexed = byIndex(source, filter);
  if (indexed) return indexed;
  const parsed = parseFilter(filter);
  return source.all().filter((item) => matchesFilter(parsed, source.show(item)));
}

function wholeNumber(query: Query, name: string, otherwise: number): number {
  const text = query?.get(name) ?? null;
  if (text === null) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw badRequest('invalidValue', `${name} must be a whole number, not "${text.slice(0, 50)}".`);
}

/**
 * One page as a ListResponse. `startIndex` below 1 is 1, `count` is cut to the page size (RFC 7644 §3.4.2.4).
 * Throws ScimError 400 for a filter or a number that cannot be read.
 */
export function listPage<T>(world: World, source: Source<T>, query: Query): JsonObject {
  const { pageSize, totalResults } = world.behaviour;
  const found = select(world, source, query?.get('filter') ?? null);
  const startIndex = Math.max(1, wholeNumber(query, 'startIndex', 1));
  const count = Math.min(pageSize, Math.max(0, wholeNumber(query, 'count', pageSize)));
  const page = found.slice(startIndex - 1, startIndex - 1 + count);
  return {
    schemas: [urn.listResponse],
    ...(totalResults === 'present' && { totalResults: found.length, startIndex }),
    itemsPerPage: page.length,
    Resources: page.map((item) => project(source.show(item), query)),
  };
}

const names = (list: string): Set<string> =>
  new Set(list.split(',').map((name) => name.trim().toLowerCase()));

/** Only the `attributes` asked for, or all but `excludedAttributes`; `id` and `schemas` always (RFC 7643 §7). */
export function project(resource: JsonObject, query: Query): JsonObject {
  const only = query?.get('attributes');
  const without = query?.get('excludedAttributes');
  if (!only && !without) return resource;
  const kept = only ? names(only) : undefined;
  const dropped = names(without ?? '');
  const wanted = (name: string): boolean => (kept ? kept.has(name) : !dropped.has(name));
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([name]) => name === 'id' || name === 'schemas' || wanted(name.toLowerCase()),
    ),
  );
}

/** Whether an attribute is left out by the query, so that it need not be made at all. */
export const leavesOut = (query: Query, attribute: string): boolean => {
  const only = query?.get('attributes');
  if (only) return !names(only).has(attribute);
  return names(query?.get('excludedAttributes') ?? '').has(attribute);
};
