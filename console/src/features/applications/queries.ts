/** What is asked and told of applications, and is needed by several of their pages. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, take, takeTagged, type Page, type Schemas } from '../../api/client';
import { readAnew, RECORD_READ_MS, refresh } from '../../api/queries';
import { statusKey } from '../../api/stream';
import { listQuery, type ListSearch } from '../../ui/list-state';

export type Application = Schemas['Application'];
export type ApplicationWithStatus = Schemas['ApplicationWithStatus'];
export type Connector = Schemas['Connector'];

export const applicationSorts = ['label', 'state', 'createdAt'] as const;

const at = (id: string) => ({ path: { id } });

/** The list is read again as statuses are streamed (api/stream.ts). */
export const applicationsQuery = (search: ListSearch<(typeof applicationSorts)[number]>) =>
  queryOptions({
    queryKey: ['applications', 'list', search],
    queryFn: ({ signal }): Promise<Page<ApplicationWithStatus>> =>
      take(api.GET('/api/v1/applications/status', { params: { query: listQuery(search) }, signal })),
    placeholderData: keepPreviousData,
  });

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', id, 'general'],
    queryFn: ({ signal }) => takeTagged(api.GET('/api/v1/applications/{id}', { params: at(id), signal })),
    refetchInterval: RECORD_READ_MS,
  });

/** Two of those that are called so, whatever the case. */
export const labelQuery = (label: string) =>
  queryOptions({
    queryKey: ['applications', 'list', 'called', label],
    queryFn: ({ signal }) => {
      const query = { label, limit: 2 };
      return take(api.GET('/api/v1/applications', { params: { query }, signal }));
    },
  });

/** When anything of it was changed last, its connection and its single sign-on too. */
export const applicationChangedAt = async (id: string): Promise<string> =>
  (await readAnew(applicationQuery(id))).value.updatedAt;

/** How it stands; the stream keeps it up to date. */
export const statusQuery = (id: string) =>
  queryOptions({
    queryKey: statusKey(id),
    queryFn: ({ signal }) => take(api.GET('/api/v1/applications/{id}/status', { params: at(id), signal })),
  });

/** What can be added. It changes only with the server. */
export const catalogQuery = (search: ListSearch<never>) =>
  queryOptions({
    queryKey: ['connectors', 'list', search],
    queryFn: ({ signal }): Promise<Page<Connector>> =>
      take(api.GET('/api/v1/connectors', { params: { query: listQuery(search) }, signal })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

/** What is known of an application's kind: its forms are drawn from it. */
export const connectorQuery = (key: string) =>
  queryOptions({
    queryKey: ['connectors', key],
    queryFn: ({ signal }) => take(api.GET('/api/v1/connectors/{key}', { params: { path: { key } }, signal })),
    staleTime: Infinity,
  });

export async function addApplication(application: Schemas['NewApplication']): Promise<Application> {
  const made = await take(api.POST('/api/v1/applications', { body: application }));
  await refresh(['applications', 'list']);
  return made;
}

/** Answers what to tell people. */
export async function deactivateConnection(id: string): Promise<string> {
  const path = '/api/v1/applications/{id}/identity-management/deactivate';
  const { message } = await take(api.POST(path, { params: at(id) }));
  await refresh(['applications', id], ['applications', 'list']);
  return message;
}

/** Deletes all of them or none; the number is the one that was typed (R6). */
export async function deleteApplications(ids: readonly string[], confirm: number): Promise<void> {
  await take(api.POST('/api/v1/applications/delete', { body: { ids: [...ids], confirm } }));
  await refresh(['applications', 'list'], ['users']);
}
