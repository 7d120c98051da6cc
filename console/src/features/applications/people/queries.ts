/** What is asked and told of the users and groups of one application. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Page, type Schemas } from '../../../api/client';
import { refresh } from '../../../api/queries';
import { listQuery, listSearch, type ListSearch } from '../../../ui/list-state';
import { notify } from '../../../ui/notify';
import { LINK_STATES } from '../../../ui/words';

export type Account = Schemas['UserInApplication'];
export type AccountInFull = Schemas['UserInApplicationInFull'];
export type LinkedGroup = Schemas['GroupInApplication'];
export type Choice = Schemas['Choice']['choice'];

const linkStates = Object.keys(LINK_STATES) as readonly Account['state'][];

const FILTERS = { state: linkStates, trouble: ['yes'], drift: ['yes'] } as const;

const sorts = ['name', 'state', 'updatedAt'] as const;

export const accountSearch = listSearch(sorts, { ...FILTERS, kept: ['yes'] });
export const linkedGroupSearch = listSearch(sorts, FILTERS);

type LinkSearch = ListSearch<(typeof sorts)[number]> & {
  readonly state?: Account['state'];
  readonly trouble?: 'yes';
  readonly drift?: 'yes';
};

const YES = 'true' as const;

function queryOf({ trouble, drift, ...search }: LinkSearch) {
  return { ...listQuery(search), ...(trouble && { trouble: YES }), ...(drift && { drift: YES }) } as const;
}

export const accountsQuery = (id: string, { kept, ...search }: LinkSearch & { readonly kept?: 'yes' }) =>
  queryOptions({
    queryKey: ['applications', id, 'users', 'list', kept, search],
    queryFn: ({ signal }): Promise<Page<Account>> =>
      take(
        api.GET('/api/v1/applications/{id}/users', {
          params: {
            path: { id },
            query: { ...queryOf({ sort: 'name', ...search }), ...(kept && { kept: YES }) },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Why an account is as it is: assigned, mapped, held, asked and answered, and what comes next. */
export const accountQuery = (id: string, userId: string) =>
  queryOptions({
    queryKey: ['applications', id, 'users', userId],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/applications/{id}/users/{userId}', { params: { path: { id, userId } }, signal })),
  });

export const linkedGroupsQuery = (id: string, search: LinkSearch) =>
  queryOptions({
    queryKey: ['applications', id, 'linked-groups', search],
    queryFn: ({ signal }): Promise<Page<LinkedGroup>> =>
      take(
        api.GET('/api/v1/applications/{id}/linked-groups', {
          params: { path: { id }, query: queryOf(search) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Has one user looked at again now; what comes of it arrives by the stream. */
export async function lookAgainAtUser(id: string, userId: string): Promise<string> {
  const { message } = await take(
    api.POST('/api/v1/applications/{id}/users/{userId}/retry', { params: { path: { id, userId } } }),
  );
  await refresh(['applications', id]);
  return message;
}

export async function retryUser(id: string, userId: string): Promise<void> {
  notify(await lookAgainAtUser(id, userId));
}

export async function retryGroup(id: string, groupId: string): Promise<void> {
  const { message } = await take(
    api.POST('/api/v1/applications/{id}/linked-groups/{groupId}/retry', {
      params: { path: { id, groupId } },
    }),
  );
  await refresh(['applications', id]);
  notify(message);
}

/** Decides on an account whose user name the application keeps (R15), or whose user was not let go (R46). */
export async function choose(id: string, userId: string, choice: Choice): Promise<void> {
  const { message } = await take(
    api.POST('/api/v1/applications/{id}/users/{userId}/choose', {
      params: { path: { id, userId } },
      body: { choice },
    }),
  );
  await refresh(['applications', id]);
  notify(message);
}
