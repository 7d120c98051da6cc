/** What an application is called, how it looks, and its end. */
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Facts } from '../../../ui/facts';
import { applicationQuery } from '../queries';

const route = getRouteApi('/applications/$applicationId/general');

export function General() {
  const { applicationId } = route.useParams();
  const { value } = useSuspenseQuery(applicationQuery(applicationId)).data;
  return <Facts of={[['Label', value.label]]} />;
}
