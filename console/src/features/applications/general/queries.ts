/** What is told of an application itself: its label, description and logo. */
import { api, ifMatch, takeTagged, type Schemas, type Tagged } from '../../../api/client';
import { refresh } from '../../../api/queries';
import type { Application } from '../queries';

export async function changeApplication(
  { value: { id }, etag }: Tagged<Application>,
  change: Schemas['ApplicationChange'],
): Promise<Tagged<Application>> {
  const options = { params: { path: { id }, header: ifMatch(etag) }, body: change };
  const changed = await takeTagged(api.PATCH('/api/v1/applications/{id}', options));
  await refresh(['applications', id], ['applications', 'list']);
  return changed;
}
