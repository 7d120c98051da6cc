/** What is asked and told of users. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ifMatch, take, takeTagged, type Page, type Schemas, type Tagged } from '../../api/client';
import { RECORD_READ_MS, refresh } from '../../api/queries';
import type { groupSorts } from '../groups/queries';
import { listQuery, type ListSearch } from '../../ui/list-state';

export type User = Schemas['User'];
export type UserChange = Schemas['UserChange'];
export type ApplicationOfUser = Schemas['ApplicationOfUser'];

export const userSorts = ['username', 'name', 'state', 'createdAt'] as const;
export const userStates = ['active', 'staged', 'suspended'] as const;

type UserSearch = ListSearch<(typeof userSorts)[number]> & { readonly state?: User['state'] };

export const usersQuery = (search: UserSearch) =>
  queryOptions({
    queryKey: ['users', 'list', search],
    queryFn: ({ signal }): Promise<Page<User>> =>
      take(api.GET('/api/v1/users', { params: { query: listQuery(search) }, signal })),
    placeholderData: keepPreviousData,
  });

const at = (id: string) => ({ path: { id } });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id],
    queryFn: ({ signal }) => takeTagged(api.GET('/api/v1/users/{id}', { params: at(id), signal })),
    refetchInterval: RECORD_READ_MS,
  });

export const groupsOfUserQuery = (id: string, search: ListSearch<(typeof groupSorts)[number]>) =>
  queryOptions({
    queryKey: ['users', id, 'groups', search],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/users/{id}/groups', {
          params: { ...at(id), query: listQuery(search) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const applicationsOfUserQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id, 'applications'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/users/{id}/applications', { params: { ...at(id), query: { limit: 1000 } }, signal }),
      ),
  });

export async function createUser(user: Schemas['NewUser']): Promise<User> {
  const made = await take(api.POST('/api/v1/users', { body: user }));
  await refresh(['users', 'list']);
  return made;
}

export async function changeUser({ value, etag }: Tagged<User>, change: UserChange): Promise<User> {
  const options = { params: { ...at(value.id), header: ifMatch(etag) }, body: change };
  const changed = await take(api.PATCH('/api/v1/users/{id}', options));
  await refresh(['users']);
  return changed;
}

export async function deleteUser({ id }: User): Promise<void> {
  await take(api.DELETE('/api/v1/users/{id}', { params: at(id) }));
  await refresh(['users', 'list'], ['groups']);
}

export interface Import {
  readonly file: File;
  /** What becomes of a row whose user exists already. */
  readonly existing: 'refuse' | 'skip' | 'update';
}

/** Sends a CSV of users; `dryRun` says what would come of it, `partial` takes the rows that can be used. */
export function importUsers(
  { file, existing }: Import,
  mode: 'dryRun' | 'partial',
): Promise<Schemas['BulkResult']> {
  return take(
    api.POST('/api/v1/users/bulk', {
      params: { query: { existing, [mode]: 'true' } },
      headers: { 'content-type': 'text/csv' },
      // The type of the body is the one that the server makes of the CSV, which goes out as it is.
      body: { users: [] },
      bodySerializer: () => file,
    }),
  );
}
