/** What happened across all applications, and who did what. */
import { Tabs } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useMay } from '../../app/session';
import { PageHeader } from '../../ui/page-header';
import { tabs } from './tabs';

export function Insights() {
  const may = useMay();
  const navigate = useNavigate();
  const shown = useLocation().pathname.split('/')[2] ?? null;
  return (
    <>
      <PageHeader title="Insights" />
      <Tabs value={shown} onChange={(tab) => tab !== null && void navigate({ to: `/insights/${tab}` })}>
        <Tabs.List mb="lg">
          {tabs
            .filter(({ needs }) => may(needs))
            .map(({ label, to }) => (
              <Tabs.Tab key={to} value={to}>
                {label}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        <Tabs.Panel value={shown ?? ''}>
          <Outlet />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
