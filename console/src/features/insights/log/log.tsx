/** What was asked of all applications, and what they answered. */
import { getRouteApi } from '@tanstack/react-router';
import { useUrlList } from '../../../ui/list-state';
import { PageHeader } from '../../../ui/page-header';
import { applicationColumn } from '../../events/columns';
import { EventList } from '../../events/event-list';
import { ExportEvents } from '../../events/export';
import { ApplicationFilter } from '../application-filter';

const route = getRouteApi('/insights/log');

export function ProvisioningLog() {
  const list = useUrlList();
  const search = route.useSearch();
  return (
    <>
      <PageHeader
        title="Provisioning log"
        about="What was asked of each application, and what it answered."
        actions={<ExportEvents search={search} />}
      />
      <EventList
        search={search}
        list={list}
        filters={<ApplicationFilter list={list} />}
        columns={[applicationColumn]}
      />
    </>
  );
}
