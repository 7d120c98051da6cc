/** The connection to an application: its token, its switch, and how it behaves. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useMay } from '../../../app/session';
import { Notice } from '../../../ui/notice';
import { PageLoading, Shown } from '../../../ui/page-state';
import { applicationQuery, connectorQuery } from '../queries';
import { ConnectionSection } from './connection';
import { GroupManagement } from './group-management';
import type { PartProps } from './part-form';
import { connectionQuery } from './queries';

// The long forms below come after what most people open this page for.
const MappingSection = lazy(async () => ({ default: (await import('./mapping')).MappingSection }));
const BehaviourSection = lazy(async () => ({ default: (await import('./behaviour')).BehaviourSection }));

const route = getRouteApi('/applications/$applicationId/identity-management');

function Parts(props: PartProps) {
  const connector = useQuery(connectorQuery(props.application.connector));
  if (!useMay()('administer'))
    return (
      <>
        <ConnectionSection {...props} />
        <Notice tone="info">Only an administrator can change the connection.</Notice>
      </>
    );
  return (
    <>
      <ConnectionSection {...props} />
      <GroupManagement {...props} />
      <Suspense fallback={<PageLoading />}>
        <MappingSection {...props} />
        <Shown query={connector}>{(own) => <BehaviourSection {...props} connector={own} />}</Shown>
      </Suspense>
    </>
  );
}

export function IdentityManagement() {
  const { applicationId } = route.useParams();
  const application = useQuery(applicationQuery(applicationId));
  const connection = useQuery(connectionQuery(applicationId));
  return (
    <Shown query={application}>
      {({ value }) => (
        <Shown query={connection} lines={8}>
          {(found) => <Parts application={value} connection={found} />}
        </Shown>
      )}
    </Shown>
  );
}
