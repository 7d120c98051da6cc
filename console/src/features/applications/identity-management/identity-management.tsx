/** The connection to an application: its token, its switch, and how it behaves. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Tagged } from '../../../api/client';
import { useMay } from '../../../app/session';
import { Notice } from '../../../ui/notice';
import { Loading, Shown } from '../../../ui/page-state';
import { applicationQuery, connectorQuery, type Application } from '../queries';
import { ConnectionSection } from './connection';
import { GroupManagement } from './group-management';
import { connectionQuery, type Connection } from './queries';

// The long forms below come after what most people open this page for.
const MappingSection = lazy(async () => ({ default: (await import('./mapping')).MappingSection }));
const BehaviourSection = lazy(async () => ({ default: (await import('./behaviour')).BehaviourSection }));

const route = getRouteApi('/applications/$applicationId/identity-management');

/** What each part of this page is about. */
export interface PartProps {
  readonly application: Application;
  readonly connection: Tagged<Connection>;
}

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
      <Suspense fallback={<Loading lines={8} />}>
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
