/** What is asked and told of groups. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ifMatch, take, takeTagged, type Page, type Schemas, type Tagged } from '../../api/client';
import { RECORD_READ_MS, refresh } from '../../api/queries';
import { listQuery, type ListSearch } from '../../ui/list-state';

export type Group = Schemas['Group'];
export type ApplicationOfGroup = Schemas['ApplicationOfGroup'];

export const groupSorts = ['name', 'memberCount', 'createdAt'] as const;
export const memberSorts = ['username', 'name', 'state', 'createdAt'] as const;

export type MemberSearch = ListSearch<(typeof memberSorts)[number]>;

const at = (id: string) => ({ path: { id } });

export const groupsQuery = (search: ListSearch<(typeof groupSorts)[number]>) =>
  queryOptions({
    queryKey: ['groups', 'list', search],
    queryFn: ({ signal }): Promise<Page<Group>> =>
      take(api.GET('/api/v1/groups', { params: { query: listQuery(search) }, signal })),
    placeholderData: keepPreviousData,
  });

export const groupQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', id],
    queryFn: ({ signal }) => takeTagged(api.GET('/api/v1/groups/{id}', { params: at(id), signal })),
    refetchInterval: RECORD_READ_MS,
  });

export const membersQuery = (id: string, search: MemberSearch) =>
  queryOptions({
    queryKey: ['groups', id, 'members', search],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/groups/{id}/members', { params: { ...at(id), query: listQuery(search) }, signal }),
      ),
    placeholderData: keepPreviousData,
  });

export const applicationsOfGroupQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', id, 'applications'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/groups/{id}/applications', {
          params: { ...at(id), query: { limit: 1000 } },
          signal,
        }),
      ),
  });

/** What deleting it would do, in each application that it is bound to. */
export const consequencesQuery = (id: string) =>
  queryOptions({
    queryKey: ['groups', id, 'consequences'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/groups/{id}/consequences', { params: at(id), signal })),
    staleTime: 0,
  });

/** Ids of people who join and leave a group. */
export interface MemberChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

const bodyOf = ({ add, remove }: MemberChange) => ({ add: [...add], remove: [...remove] });

/** What people joining and leaving it would do, in each application that it is bound to. */
export const memberConsequencesQuery = (id: string, change: MemberChange) =>
  queryOptions({
    queryKey: ['member-consequences', id, change],
    queryFn: ({ signal }) =>
      take(api.POST('/api/v1/groups/{id}/members/preview', { params: at(id), body: bodyOf(change), signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export async function createGroup(group: Schemas['NewGroup']): Promise<Group> {
  const made = await take(api.POST('/api/v1/groups', { body: group }));
  await refresh(['groups', 'list']);
  return made;
}

export async function changeGroup(
  { value, etag }: Tagged<Group>,
  change: Schemas['GroupChange'],
): Promise<Group> {
  const options = { params: { ...at(value.id), header: ifMatch(etag) }, body: change };
  const changed = await take(api.PATCH('/api/v1/groups/{id}', options));
  await refresh(['groups'], ['users']);
  return changed;
}

export async function deleteGroup({ id }: Group): Promise<void> {
  await take(api.DELETE('/api/v1/groups/{id}', { params: at(id) }));
  await refresh(['groups', 'list'], ['users']);
}

/** Answers how many really joined and left. */
export async function changeMembers(id: string, change: MemberChange) {
  const body = bodyOf(change);
  const changed = await take(api.POST('/api/v1/groups/{id}/members', { params: at(id), body }));
  await refresh(['groups'], ['users']);
  return changed;
}
