/** What is asked of the audit trail. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Page, type Schemas } from '../../../api/client';
import { isId, listQuery, listSearch, type ListSearch } from '../../../ui/list-state';

export type Entry = Schemas['AuditEntry'];

/** Which entries are shown; the days as `2026-11-26`, of the reader's own zone, both with their whole day. */
type AuditSearch = ListSearch<'at'> & {
  readonly application?: string;
  readonly from?: string;
  readonly to?: string;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const fromAddress = listSearch(['at'], {});

/** For `validateSearch` of a route that shows entries. */
export function auditSearch(given: Readonly<Record<string, unknown>>): AuditSearch {
  const days = (['from', 'to'] as const).filter((name) => DAY.test(String(given[name])));
  return {
    ...fromAddress(given),
    ...(isId(given.application) && { application: given.application }),
    ...Object.fromEntries(days.map((name) => [name, String(given[name])])),
  };
}

/** The beginning of a day, or of one that many days later, in the reader's zone. */
function beginOf(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** The filter as the API takes it. */
function filterOf({ application, from, search, to }: AuditSearch) {
  return {
    ...(search !== undefined && { search }),
    ...(application !== undefined && { subject: application }),
    ...(from !== undefined && { from: beginOf(from) }),
    ...(to !== undefined && { to: beginOf(to, 1) }),
  };
}

export const auditQuery = (search: AuditSearch) => {
  const { cursor, limit, sort } = listQuery(search);
  const page = { limit, ...(cursor !== undefined && { cursor }), ...(sort !== undefined && { sort }) };
  return queryOptions({
    queryKey: ['audit', 'list', search],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/audit', { params: { query: { ...filterOf(search), ...page } }, signal }),
      ) as Promise<Page<Entry>>,
    placeholderData: keepPreviousData,
  });
};

/** Reads the whole trail: asked when somebody presses the button. */
export const verificationQuery = queryOptions({
  queryKey: ['audit', 'verification'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/audit/verification', { signal })),
  enabled: false,
});

/** The address of everything that matches, as a file. */
export function csvOf(search: AuditSearch): string {
  return `/api/v1/audit?${new URLSearchParams({ ...filterOf(search), format: 'csv' }).toString()}`;
}
