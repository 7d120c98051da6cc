/** What is asked of applications, and is needed by several of their tabs. */
import { queryOptions } from '@tanstack/react-query';
import { api, take, takeTagged, type Schemas } from '../../api/client';
import { refresh } from '../../api/queries';
import { statusKey } from '../../api/stream';

export type Application = Schemas['Application'];
export type Connector = Schemas['Connector'];

const at = (id: string) => ({ path: { id } });

export const applicationQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', id, 'general'],
    queryFn: ({ signal }) => takeTagged(api.GET('/api/v1/applications/{id}', { params: at(id), signal })),
  });

/** How it stands; the stream keeps it up to date. */
export const statusQuery = (id: string) =>
  queryOptions({
    queryKey: statusKey(id),
    queryFn: ({ signal }) => take(api.GET('/api/v1/applications/{id}/status', { params: at(id), signal })),
  });

/** What is known of an application's kind: its forms are drawn from it. */
export const connectorQuery = (key: string) =>
  queryOptions({
    queryKey: ['connectors', key],
    queryFn: ({ signal }) => take(api.GET('/api/v1/connectors/{key}', { params: { path: { key } }, signal })),
    staleTime: Infinity,
  });

/** Answers what to tell people. */
export async function deactivateConnection(id: string): Promise<string> {
  const path = '/api/v1/applications/{id}/identity-management/deactivate';
  const { message } = await take(api.POST(path, { params: at(id) }));
  await refresh(['applications', id], ['applications', 'list']);
  return message;
}
