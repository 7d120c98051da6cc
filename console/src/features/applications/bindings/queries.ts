/** What is asked and told of the groups that are bound to an application. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Page, type Schemas } from '../../../api/client';
import { refresh } from '../../../api/queries';
import { listQuery, type ListSearch } from '../../../ui/list-state';
import type { groupSorts } from '../../groups/queries';

export type GroupOfApplication = Schemas['GroupOfApplication'];
export type Consequences = Schemas['BindingConsequences'];

export type BindingSearch = ListSearch<(typeof groupSorts)[number]> & { readonly show?: 'bound' };

export interface BindingChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

const at = (id: string) => ({ path: { id } });

const bodyOf = ({ add, remove }: BindingChange) => ({ add: [...add], remove: [...remove] });

/** All groups, each with whether it is bound; only those that are, where the search says so. */
export const bindingsQuery = (id: string, { show, ...search }: BindingSearch) =>
  queryOptions({
    queryKey: ['applications', id, 'groups', show, search],
    queryFn: ({ signal }): Promise<Page<GroupOfApplication>> => {
      const query = { ...listQuery(search), all: show === 'bound' ? ('false' as const) : ('true' as const) };
      return take(api.GET('/api/v1/applications/{id}/groups', { params: { ...at(id), query }, signal }));
    },
    placeholderData: keepPreviousData,
  });

/** The groups that are bound; none of their members gets an account before there is one. */
export const boundQuery = (id: string) => bindingsQuery(id, { show: 'bound' });

/** What would come of it; nothing is written. */
export const consequencesQuery = (id: string, change: BindingChange) =>
  queryOptions({
    queryKey: ['binding-consequences', id, change],
    queryFn: ({ signal }): Promise<Consequences> =>
      take(
        api.POST('/api/v1/applications/{id}/groups/preview', {
          params: at(id),
          body: bodyOf(change),
          signal,
        }),
      ),
  });

/** Answers how many were really bound and unbound. */
export async function changeBindings(id: string, change: BindingChange) {
  const changed = await take(
    api.POST('/api/v1/applications/{id}/groups', { params: at(id), body: bodyOf(change) }),
  );
  await refresh(['applications', id], ['users']);
  return changed;
}
