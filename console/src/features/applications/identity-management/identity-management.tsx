/** The connection to an application: its token, its switch, and how it behaves. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Tagged } from '../../../api/client';
import { useMay } from '../../../app/session';
import { Notice } from '../../../ui/notice';
import { Shown } from '../../../ui/page-state';
import { applicationQuery, connectorQuery, type Application } from '../queries';
import { BehaviourSection } from './behaviour';
import { ConnectionSection } from './connection';
import { GroupManagement } from './group-management';
import { MappingSection } from './mapping';
import { connectionQuery, type Connection } from './queries';

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
      <MappingSection {...props} />
      <Shown query={connector}>{(own) => <BehaviourSection {...props} connector={own} />}</Shown>
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
