/** An application: who it is and how it stands, and its tabs. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMay } from '../../app/session';
import { PageHeader } from '../../ui/page-header';
import { ShownPage } from '../../ui/page-state';
import { StateBadge } from '../../ui/state-badge';
import { CONDITIONS } from '../../ui/words';
import { Besides } from './besides';
import { useDeactivate } from './deactivate';
import { ApplicationLogo } from './logo';
import { PanelTabs } from './panel-tabs';
import classes from './panel.module.css';
import { applicationQuery, connectorQuery, statusQuery, type Application } from './queries';

const route = getRouteApi('/applications/$applicationId');

/** Its kind and how it stands; while the connection is not inactive, the way to stop it. */
function Standing({ application }: { readonly application: Application }) {
  const mayChange = useMay()('administer');
  const deactivate = useDeactivate();
  const { data: connector } = useQuery(connectorQuery(application.connector));
  const { data: status } = useQuery(statusQuery(application.id));
  return (
    <div className={classes.standing}>
      {connector !== undefined && <span>{connector.name}</span>}
      {status !== undefined && (
        <span role="status">
          <StateBadge {...CONDITIONS[status.condition]} />
        </span>
      )}
      <Besides applicationId={application.id} />
      {mayChange && status !== undefined && status.state !== 'inactive' && (
        <Anchor component="button" type="button" size="sm" onClick={() => deactivate(application)}>
          Deactivate IdM connection
        </Anchor>
      )}
    </div>
  );
}

const Frame = ({ application }: { readonly application: Application }) => (
  <div className={classes.frame}>
    <ApplicationLogo application={application} size={72} />
    <PageHeader
      title={application.label}
      crumb={{ to: '/applications', label: 'SSO Applications' }}
      about={<Standing application={application} />}
    />
  </div>
);

export function Panel() {
  const { applicationId } = route.useParams();
  return (
    <ShownPage query={useQuery(applicationQuery(applicationId))} noun="application">
      {({ value }) => (
        <>
          <Frame application={value} />
          <PanelTabs key={applicationId} applicationId={applicationId} />
        </>
      )}
    </ShownPage>
  );
}
