/** What is asked and told of the connection of an application. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ifMatch, take, takeTagged, type Schemas, type Tagged } from '../../../api/client';
import { queryClient, refresh } from '../../../api/queries';

export type Connection = Schemas['IdentityManagement'];
export type ConnectionChange = Schemas['IdentityManagementChange'];
export type MappingRow = Connection['mapping'][number];

const at = (id: string) => ({ path: { id } });

export const connectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', id, 'identity-management'],
    queryFn: ({ signal }) =>
      takeTagged(api.GET('/api/v1/applications/{id}/identity-management', { params: at(id), signal })),
  });

export async function changeConnection(
  id: string,
  etag: string,
  change: ConnectionChange,
): Promise<Tagged<Connection>> {
  const options = { params: { ...at(id), header: ifMatch(etag) }, body: change };
  const changed = await takeTagged(api.PATCH('/api/v1/applications/{id}/identity-management', options));
  queryClient.setQueryData(connectionQuery(id).queryKey, changed);
  await refresh(['applications', id]);
  return changed;
}

/** Whether the application can be reached, and what was asked to find out. */
export const testConnection = (id: string): Promise<Schemas['ProbeResult']> =>
  take(api.POST('/api/v1/applications/{id}/identity-management/test', { params: at(id) }));

const turn = async (id: string, asked: Promise<Schemas['ConnectionActivated']>): Promise<string> => {
  const { message } = await asked;
  await refresh(['applications', id], ['applications', 'list']);
  return message;
};

/** Answers what to tell people; throws the reason why not, and what to do. */
export const activateConnection = (id: string): Promise<string> =>
  turn(id, take(api.POST('/api/v1/applications/{id}/identity-management/activate', { params: at(id) })));

/** As activation, for a connection that is paused. */
export const resumeConnection = (id: string): Promise<string> =>
  turn(id, take(api.POST('/api/v1/applications/{id}/identity-management/resume', { params: at(id) })));

/** What a mapping gives for somebody; kept apart from the application's key, which each event reads again. */
export const mappingPreviewQuery = (id: string, userId: string, mapping: readonly MappingRow[]) =>
  queryOptions({
    queryKey: ['mapping-preview', id, userId, mapping],
    queryFn: ({ signal }) =>
      take(
        api.POST('/api/v1/applications/{id}/identity-management/preview', {
          params: at(id),
          body: { userId, mapping: [...mapping] },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
