/** What is asked and told of settings: who holds a role, the keys, mail and security. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, type Page, type Schemas } from '../../api/client';
import { refresh } from '../../api/queries';
import { currentState, readSession } from '../../api/session';
import { listQuery, type ListSearch } from '../../ui/list-state';

export type Administrator = Schemas['Administrator'];
export type ApiKey = Schemas['ApiKey'];
export type Role = Schemas['Role']['role'];

/** How whoever holds a role is called. */
export const nameOfAdministrator = ({ displayname, username }: Administrator): string =>
  displayname ?? username;

export const administratorSorts = ['username', 'role', 'givenAt'] as const;
export const apiKeySorts = ['createdAt', 'name', 'lastUsedAt'] as const;

export const rolesQuery = queryOptions({
  queryKey: ['administrators', 'roles'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/administrators/roles', { signal })),
  staleTime: Infinity,
});

export const administratorsQuery = (search: ListSearch<(typeof administratorSorts)[number]>) =>
  queryOptions({
    queryKey: ['administrators', 'list', search],
    queryFn: ({ signal }): Promise<Page<Administrator>> =>
      take(api.GET('/api/v1/administrators', { params: { query: listQuery(search) }, signal })),
    placeholderData: keepPreviousData,
  });

/** Whoever changes their own role may do something else from then on. */
async function roleChanged(userId: string): Promise<void> {
  if (userId === currentState().session?.userId) await readSession();
  await refresh(['administrators', 'list']);
}

export async function giveRole(userId: string, role: Role): Promise<Administrator> {
  const options = { params: { path: { userId } }, body: { role } };
  const given = await take(api.PUT('/api/v1/administrators/{userId}', options));
  await roleChanged(userId);
  return given;
}

export async function takeRole(userId: string): Promise<void> {
  await take(api.DELETE('/api/v1/administrators/{userId}', { params: { path: { userId } } }));
  await roleChanged(userId);
}

export const apiKeysQuery = (search: ListSearch<(typeof apiKeySorts)[number]>) =>
  queryOptions({
    queryKey: ['api-keys', 'list', search],
    queryFn: ({ signal }): Promise<Page<ApiKey>> =>
      take(api.GET('/api/v1/api-keys', { params: { query: listQuery(search) }, signal })),
    placeholderData: keepPreviousData,
  });

export async function makeApiKey(body: Schemas['NewApiKey']): Promise<Schemas['MadeApiKey']> {
  const made = await take(api.POST('/api/v1/api-keys', { body }));
  await refresh(['api-keys']);
  return made;
}

export async function endApiKey({ id }: ApiKey): Promise<void> {
  await take(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }));
  await refresh(['api-keys']);
}

export const mailQuery = queryOptions({
  queryKey: ['settings', 'mail'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/settings/mail', { signal })),
});

/** Answers when the mail server did. */
export const tryMail = (to: string): Promise<Schemas['MailTried']> =>
  take(api.POST('/api/v1/settings/mail/test', { body: { to } }));

export const securityQuery = queryOptions({
  queryKey: ['settings', 'security'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/settings/security', { signal })),
});
