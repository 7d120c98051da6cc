/** What is asked and told of single sign-on. */
import { queryOptions } from '@tanstack/react-query';
import { api, ifMatch, take, takeTagged, type Schemas, type Tagged } from '../../../api/client';
import { readAnew, refresh } from '../../../api/queries';
import { savePart } from '../save-part';

export type Sso = Schemas['Sso'];
export type Certificate = Schemas['SigningCertificate'];

const at = (id: string) => ({ path: { id } });

export const ssoQuery = (id: string) =>
  queryOptions({
    queryKey: ['applications', id, 'sso'],
    queryFn: ({ signal }) => takeTagged(api.GET('/api/v1/applications/{id}/sso', { params: at(id), signal })),
  });

/** As whom the application would know somebody, or why it would not. */
export const trialQuery = (id: string, userId: string) =>
  queryOptions({
    queryKey: ['applications', id, 'sso', 'trial', userId],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/applications/{id}/sso/people/{userId}', {
          params: { path: { id, userId } },
          signal,
        }),
      ),
    staleTime: 0,
  });

const settled = (id: string) => refresh(['applications', id], ['applications', 'list']);

/** What is left out, the connector derives from the answers. */
export type SsoInput = Partial<Schemas['SsoSettings']>;

const putSso = (id: string, etag: string, settings: SsoInput): Promise<Tagged<Sso>> =>
  takeTagged(
    api.PUT('/api/v1/applications/{id}/sso', {
      params: { ...at(id), header: ifMatch(etag) },
      // The type knows no defaults.
      body: settings as Schemas['SsoSettings'],
    }),
  );

export async function changeSso(id: string, seen: Tagged<Sso>, settings: SsoInput): Promise<Tagged<Sso>> {
  const changed = await savePart({
    seen,
    valuesOf: ({ identityProvider, ...replaced }) => replaced,
    read: () => readAnew(ssoQuery(id)),
    save: (etag) => putSso(id, etag, settings),
  });
  await settled(id);
  return changed;
}

export async function applyMetadata(id: string, xml: string): Promise<Tagged<Sso>> {
  const changed = await takeTagged(
    api.PUT('/api/v1/applications/{id}/sso/service-provider-metadata', {
      params: at(id),
      headers: { 'content-type': 'application/xml' },
      body: xml,
      bodySerializer: String,
    }),
  );
  await settled(id);
  return changed;
}

export async function makeCertificate(id: string): Promise<void> {
  await take(api.POST('/api/v1/applications/{id}/sso/certificates', { params: at(id) }));
  await settled(id);
}

export async function activateCertificate(id: string, certificateId: string): Promise<void> {
  const path = '/api/v1/applications/{id}/sso/certificates/{certificateId}/activate';
  await take(api.POST(path, { params: { path: { id, certificateId } } }));
  await settled(id);
}

export async function removeCertificate(id: string, certificateId: string): Promise<void> {
  const path = '/api/v1/applications/{id}/sso/certificates/{certificateId}';
  await take(api.DELETE(path, { params: { path: { id, certificateId } } }));
  await settled(id);
}
