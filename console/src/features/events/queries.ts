/** What is asked of the log of operations; the tab Log of an application and Insights show it. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Page, type Schemas } from '../../api/client';
import { isId, listQuery, listSearch, type ListSearch } from '../../ui/list-state';
import { OPERATIONS, OUTCOMES } from '../../ui/words';

export type LoggedEvent = Schemas['Event'];
export type Exchange = LoggedEvent['exchanges'][number];
export type Outcome = LoggedEvent['outcome'];

const keysOf = <T extends string>(words: Readonly<Record<T, unknown>>) => Object.keys(words) as T[];

export const outcomes = keysOf(OUTCOMES);
export const operations = keysOf(OPERATIONS);

const RECORDS = ['application', 'user', 'group'] as const;

/** Which operations are shown; the records by their id. */
export type EventSearch = ListSearch<'at'> & {
  readonly outcome?: Outcome;
  readonly operation?: (typeof operations)[number];
} & { readonly [Record in (typeof RECORDS)[number]]?: string };

const fromAddress = listSearch(['at'], { outcome: outcomes, operation: operations });

/** For `validateSearch` of a route that shows operations. */
export function eventSearch(given: Readonly<Record<string, unknown>>): EventSearch {
  const records = RECORDS.filter((name) => isId(given[name]));
  return {
    ...fromAddress(given),
    ...Object.fromEntries(records.map((name) => [name, String(given[name])])),
  };
}

const listEvents = (query: ReturnType<typeof listQuery<EventSearch>>, signal: AbortSignal) =>
  take(api.GET('/api/v1/events', { params: { query }, signal })) as Promise<Page<LoggedEvent>>;

/**
 * The lines as they are read. Its key is none that the stream refreshes: a list that somebody reads does not move; what is
 * new is counted (`newestQuery`) and shown when they ask for it.
 */
export const eventsQuery = (search: EventSearch) =>
  queryOptions({
    queryKey: ['log', search],
    queryFn: ({ signal }) => listEvents(listQuery(search), signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnMount: 'always',
  });

/** The newest lines that match; the stream keeps them up to date. */
export const newestQuery = ({ cursor, page, sort, ...filter }: EventSearch) =>
  queryOptions({
    queryKey: ['events', 'newest', filter],
    queryFn: ({ signal }) => listEvents(listQuery(filter), signal),
    placeholderData: keepPreviousData,
  });

/** The address of everything that matches, as a file. */
export function csvOf({ cursor, page, sort, ...filter }: EventSearch): string {
  return `/api/v1/events?${new URLSearchParams({ ...filter, format: 'csv' }).toString()}`;
}
