/** An application: who it is at the left, and its tabs. */
import { Anchor, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { PageHeader } from '../../ui/page-header';
import { ShownPage } from '../../ui/page-state';
import { applicationQuery } from './queries';
import { tabs } from './tabs';

const route = getRouteApi('/applications/$applicationId');

function PanelTabs() {
  const { applicationId } = route.useParams();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const shown = pathname.split('/')[3] ?? null;
  return (
    <Tabs
      value={shown}
      onChange={(tab) => tab !== null && void navigate({ to: `/applications/${applicationId}/${tab}` })}
    >
      <Tabs.List>
        {tabs.map(({ label, to }) => (
          <Tabs.Tab key={to} value={to}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown ?? ''}>
        <Outlet />
      </Tabs.Panel>
    </Tabs>
  );
}

export function Panel() {
  const { applicationId } = route.useParams();
  return (
    <ShownPage query={useQuery(applicationQuery(applicationId))}>
      {({ value }) => (
        <>
          <PageHeader
            title={value.label}
            crumb={
              <Anchor component={Link} to="/applications">
                SSO Applications
              </Anchor>
            }
            about={value.description}
          />
          <PanelTabs key={applicationId} />
        </>
      )}
    </ShownPage>
  );
}
