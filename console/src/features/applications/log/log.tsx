/** What was asked of one application, and what it answered. */
import { getRouteApi } from '@tanstack/react-router';
import { useUrlList } from '../../../ui/list-state';
import { Section } from '../../../ui/section';
import { EventList } from '../../events/event-list';
import { ExportEvents } from '../../events/export';

const route = getRouteApi('/applications/$applicationId/log');

export function Log() {
  const { applicationId } = route.useParams();
  const search = { ...route.useSearch(), application: applicationId };
  return (
    <Section
      title="Log"
      about="What was asked of the application, and what it answered."
      actions={<ExportEvents search={search} size="xs" />}
    >
      <EventList search={search} list={useUrlList()} />
    </Section>
  );
}
