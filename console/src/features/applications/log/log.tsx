/** What was asked of one application, and what it answered. */
import { getRouteApi } from '@tanstack/react-router';
import { EventList } from '../../events/event-list';
import { useUrlList } from '../../../ui/list-state';

const route = getRouteApi('/applications/$applicationId/log');

export function Log() {
  const { applicationId } = route.useParams();
  return <EventList search={{ ...route.useSearch(), application: applicationId }} list={useUrlList()} />;
}
