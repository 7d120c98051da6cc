/**
 * What a list shows: search, sort, filters and page. It is in the address, so that back, reload and a link to somebody else
 * show the same; or in the component (`useLocalList`), for a list that is only a part of its page.
 */
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Where the pages before this one begin; kept with the step in the browser's history. */
    readonly cursors?: readonly string[];
  }
}

/** The part of an address that is about a list. */
export interface ListSearch<Field extends string = string> {
  readonly search?: string;
  /** A field, or a field with a minus before it for the other way round. */
  readonly sort?: Sort<Field>;
  readonly cursor?: string;
  readonly page?: number;
}

export interface ListState {
  readonly search: string;
  readonly sort: string | undefined;
  readonly cursor: string | undefined;
  /** From 1. */
  readonly page: number;
  readonly filters: Readonly<Record<string, string>>;
  /** Shows something else, from its first page on. A filter that is null is taken away. */
  readonly change: (change: {
    readonly search?: string;
    readonly sort?: string;
    readonly filters?: Readonly<Record<string, string | null>>;
  }) => void;
  readonly next: (cursor: string) => void;
  readonly previous: () => void;
}

type Choices = Readonly<Record<string, readonly string[]>>;

type Chosen<F extends Choices> = { readonly [Name in keyof F]?: F[Name][number] };

type Sort<S extends string> = S | `-${S}`;

const isOneOf = <T extends string>(value: unknown, values: readonly T[]): value is T =>
  values.some((each) => each === value);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether an address names a record by it. */
export const isId = (given: unknown): given is string => typeof given === 'string' && ID.test(given);

/**
 * What a list takes from an address, for `validateSearch` of its route; whatever else stands there is left out.
 * `listSearch(['username', 'name'], { state: ['active', 'suspended'] })`
 */
export function listSearch<const S extends string, const F extends Choices>(sorts: readonly S[], choices: F) {
  const allSorts = sorts.flatMap((field): Sort<S>[] => [field, `-${field}`]);
  return (given: Readonly<Record<string, unknown>>): ListSearch<S> & Chosen<F> => {
    const search = text(given.search);
    const cursor = text(given.cursor);
    const page = Number(given.page);
    const chosen = Object.entries(choices).filter(([name, values]) => isOneOf(given[name], values));
    return {
      ...(search !== undefined && { search }),
      ...(isOneOf(given.sort, allSorts) && { sort: given.sort }),
      ...(cursor !== undefined && page > 1 && { cursor, page }),
      ...(Object.fromEntries(chosen.map(([name]) => [name, given[name]])) as Chosen<F>),
    };
  };
}

/** So long after the last key a search is asked for. */
export const SEARCH_DELAY_MS = 250;

/** How many rows a page has. */
export const PAGE_SIZE = 50;

/** The query of a list's request, from what its address says. */
export function listQuery<T extends ListSearch>({ page, ...rest }: T): Omit<T, 'page'> & { limit: number } {
  return { ...rest, limit: PAGE_SIZE };
}

const isFilter = ([name]: readonly [string, unknown]): boolean =>
  !['search', 'sort', 'cursor', 'page'].includes(name);

const filtersOf = (search: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(search).filter(isFilter));

const isFilled = ([, value]: readonly [string, unknown]): boolean =>
  value !== undefined && value !== null && value !== '';

/** The search of the first page after a change. */
function changed(before: ListSearch, { filters, ...rest }: Parameters<ListState['change']>[0]): ListSearch {
  const { cursor, page, ...kept } = before;
  return Object.fromEntries(Object.entries({ ...kept, ...rest, ...filters }).filter(isFilled));
}

interface Position {
  readonly search: ListSearch;
  readonly cursors: readonly string[];
}

/** The state over a place where it is kept: `go` keeps another one, as a step of its own or in the place of this one. */
function stateOf({ search, cursors }: Position, go: (to: Position, replace: boolean) => void): ListState {
  const page = search.page ?? 1;
  const turn = (to: readonly string[]) => {
    const { cursor, page, ...rest } = search;
    const begin = to.at(-1);
    const position = begin === undefined ? {} : { cursor: begin, page: to.length + 1 };
    go({ search: { ...rest, ...position }, cursors: to }, false);
  };
  return {
    search: search.search ?? '',
    sort: search.sort,
    cursor: search.cursor,
    page,
    filters: filtersOf(search),
    change: (change) => go({ search: changed(search, change), cursors: [] }, change.search !== undefined),
    next: (cursor) => turn([...cursors, cursor]),
    // Whoever came by a link to a page in the middle goes back to the first.
    previous: () => turn(cursors.slice(0, -1)),
  };
}

/** The list of a page, in the page's address. */
export function useUrlList(): ListState {
  const search: ListSearch = useSearch({ strict: false });
  const cursors = useRouterState({ select: ({ location }) => location.state.cursors ?? [] });
  const navigate = useNavigate();
  return stateOf({ search, cursors }, (to, replace) => {
    void navigate({ to: '.', search: to.search as never, state: { cursors: to.cursors }, replace });
  });
}

/** A list that is only a part of its page, and what can be sorted by in it. */
export function useLocalList<const S extends string = never>(
  sorts: readonly S[] = [],
): ListState & { readonly query: ListSearch<S> } {
  const [position, setPosition] = useState<Position>({ search: {}, cursors: [] });
  return { ...stateOf(position, setPosition), query: listSearch(sorts, {})({ ...position.search }) };
}
