/** What is asked and told of importing the users of an application. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Page, type Schemas } from '../../../api/client';
import { asProblem } from '../../../api/problem';
import { refresh } from '../../../api/queries';
import { listQuery, listSearch, type ListSearch } from '../../../ui/list-state';
import type { PersonChange } from './person-form';

export type Candidate = Schemas['Candidate'];
export type Roster = Schemas['Roster'];
export type Import = Schemas['Import'];
export type ImportItem = Schemas['ImportItem'];
export type Outcome = ImportItem['outcome'];

export const outcomes = ['created', 'linked', 'unchanged', 'failed', 'cancelled', 'waiting'] as const;

export const candidateSearch = listSearch(['userName', 'name'], { show: ['new'] });
export const itemSearch = listSearch(['username'], { outcome: outcomes });

export type CandidateSearch = ReturnType<typeof candidateSearch>;
export type ItemSearch = ReturnType<typeof itemSearch>;

/** Nothing tells of a reading page by page, so that it is asked how far it is. */
const READING_MS = 1000;
/** So often a small import is looked at while it runs; the stream, which tells of large ones, is read once a second. */
const LIVE_MS = 300;
/** Nothing tells when its message was sent. */
const MAIL_MS = 5000;

/** A page of them, and of all that it is a page of, how many can be imported. */
export type Candidates = Page<Candidate> & { readonly importable: number; readonly roster: Roster };

const at = (id: string) => ({ path: { id } });

export const candidatesQuery = (id: string, { show, ...search }: CandidateSearch) =>
  queryOptions({
    queryKey: ['applications', id, 'import', show, search],
    queryFn: ({ signal }): Promise<Candidates> => {
      // Whoever opens the page says when they are read.
      const query = {
        ...listQuery(search),
        ...(show === 'new' && { new: 'true' as const }),
        read: 'false' as const,
      };
      return take(
        api.GET('/api/v1/applications/{id}/import/users', { params: { ...at(id), query }, signal }),
      );
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.roster.state === 'reading' ? READING_MS : false),
  });

/** Has the application's users read; how far that is, the list says. */
export async function readUsers(id: string): Promise<void> {
  await take(api.POST('/api/v1/applications/{id}/import/users/refresh', { params: at(id) }));
  await refresh(['applications', id, 'import']);
}

export const importsQuery = (id: string, search: ListSearch<never>) =>
  queryOptions({
    queryKey: ['applications', id, 'imports', 'list', search],
    queryFn: ({ signal }): Promise<Page<Import>> =>
      take(
        api.GET('/api/v1/applications/{id}/imports', {
          params: { ...at(id), query: listQuery(search) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

const atImport = (id: string, importId: string) => ({ path: { id, importId } });

/** When it is looked at again besides what the stream tells: few are seen one by one as they come (R32). */
function lookAgainAfter({ background, mail, state }: Import): number | false {
  if (state === 'running') return background ? false : LIVE_MS;
  return mail?.state === 'owed' ? MAIL_MS : false;
}

export const importQuery = (id: string, importId: string) =>
  queryOptions({
    queryKey: ['applications', id, 'imports', importId],
    queryFn: ({ signal }): Promise<Import> =>
      take(
        api.GET('/api/v1/applications/{id}/imports/{importId}', { params: atImport(id, importId), signal }),
      ),
    refetchInterval: ({ state }) => (state.data === undefined ? false : lookAgainAfter(state.data)),
  });

export const itemsQuery = (id: string, { id: importId, counts }: Import, search: ItemSearch) =>
  queryOptions({
    // It is another list with each that is done.
    queryKey: ['applications', id, 'imports', importId, 'items', search, counts],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/applications/{id}/imports/{importId}/items', {
          params: { ...atImport(id, importId), query: listQuery(search) },
          signal,
        }),
      ) as Promise<Page<ImportItem>>,
    placeholderData: keepPreviousData,
  });

/** The address of the whole report, as a file. */
export const reportOf = ({ applicationId, id }: Import): string =>
  `/api/v1/applications/${applicationId}/imports/${id}/items?format=csv`;

export type Corrections = Readonly<Record<string, PersonChange>>;

/** Whom an import is of: these, or everybody whom the list shows and who is not imported yet. */
export type Chosen =
  { readonly remoteIds: readonly string[] } | { readonly all: Pick<CandidateSearch, 'search' | 'show'> };

function bodyOf(chosen: Chosen) {
  if ('remoteIds' in chosen) return { remoteIds: [...chosen.remoteIds] };
  const { search, show } = chosen.all;
  return { all: true as const, new: show === 'new', ...(search !== undefined && { search }) };
}

const CORRECTION = 'overrides.';

/** Without those of whom the server says that the import is not of them; null where it refuses something else. */
function withoutRefused(corrections: Corrections, error: unknown): Corrections | null {
  const { errors } = asProblem(error);
  if (errors.length === 0 || !errors.every(({ path }) => path.startsWith(CORRECTION))) return null;
  const refused = new Set(errors.map(({ path }) => path.slice(CORRECTION.length)));
  const left = Object.entries(corrections).filter(([remoteId]) => !refused.has(remoteId));
  return left.length === Object.keys(corrections).length ? null : Object.fromEntries(left);
}

/**
 * Begins an import, and answers before it is done. Of all that a list shows, only the server knows who it is: corrections of others,
 * such as somebody whom the search hides, are left out.
 */
export async function startImport(
  id: string,
  chosen: Chosen,
  state: Import['userState'],
  overrides: Corrections,
): Promise<Import> {
  const body = { ...bodyOf(chosen), state, overrides, wait: false };
  try {
    const made = await take(api.POST('/api/v1/applications/{id}/imports', { params: at(id), body }));
    await refresh(['applications', id, 'imports']);
    return made;
  } catch (error) {
    const left = 'all' in chosen ? withoutRefused(overrides, error) : null;
    if (left === null) throw error;
    return startImport(id, chosen, state, left);
  }
}

/** Ends an import that runs; whoever waits is not imported. */
export async function cancelImport({ applicationId, id }: Import): Promise<void> {
  const params = atImport(applicationId, id);
  await take(api.POST('/api/v1/applications/{id}/imports/{importId}/cancel', { params }));
  await refresh(['applications', applicationId], ['users']);
}

/** Tries those again, corrected; everybody who was not imported where none is named. */
export async function retryImport(
  { applicationId, id }: Import,
  again: { readonly remoteIds?: string[]; readonly overrides?: Corrections } = {},
): Promise<void> {
  const body = { overrides: {}, ...again, wait: false };
  const params = atImport(applicationId, id);
  await take(api.POST('/api/v1/applications/{id}/imports/{importId}/retry', { params, body }));
  await refresh(['applications', applicationId], ['users']);
}
