/** How somebody signs in to Rollcall: what the help desk sees of it, and takes away. */
import { queryOptions } from '@tanstack/react-query';
import { api, take, type Schemas } from '../../../api/client';
import { refresh } from '../../../api/queries';

export type Factor = Schemas['Factor'];
export type ListedSession = Schemas['ListedSession'];

const at = (id: string) => ({ path: { id } });

export const factorsQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id, 'factors'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/users/{id}/factors', { params: at(id), signal })),
  });

export const sessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', id, 'sessions'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/users/{id}/sessions', { params: at(id), signal })),
  });

/** The link by which somebody sets a new password; null where it was sent by mail. */
export async function resetPassword(id: string, deliver: 'mail' | 'link'): Promise<string | null> {
  const options = { params: at(id), body: { deliver } };
  return (await take(api.POST('/api/v1/users/{id}/password-reset', options))).link;
}

export async function removeFactor(id: string, factorId: string): Promise<void> {
  await take(api.DELETE('/api/v1/users/{id}/factors/{factorId}', { params: { path: { id, factorId } } }));
  await refresh(['users', id, 'factors']);
}

export async function endSession(id: string, sessionId: string): Promise<void> {
  await take(api.DELETE('/api/v1/users/{id}/sessions/{sessionId}', { params: { path: { id, sessionId } } }));
  await refresh(['users', id, 'sessions']);
}

export async function endSessions(id: string): Promise<void> {
  await take(api.DELETE('/api/v1/users/{id}/sessions', { params: at(id) }));
  await refresh(['users', id, 'sessions']);
}
