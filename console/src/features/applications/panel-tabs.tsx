/** The tabs of an application, each at an address of its own; where there is no room, a list to choose from. */
import { NativeSelect, Tabs } from '@mantine/core';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import classes from './panel.module.css';
import { tabs } from './tabs';

/** `/applications/ID/sso/…` is at `sso`. On the way to another page there is none, and the first stands for it. */
function tabOf(pathname: string): string {
  const name = pathname.split('/')[3];
  return (tabs.find(({ to }) => to === name) ?? tabs[0]).to;
}

export function PanelTabs({ applicationId }: { readonly applicationId: string }) {
  const navigate = useNavigate();
  const shown = tabOf(useLocation().pathname);
  const show = (tab: string) => void navigate({ to: `/applications/${applicationId}/${tab}` });
  return (
    <Tabs value={shown} onChange={(tab) => tab !== null && show(tab)}>
      <NativeSelect
        className={classes.choice}
        aria-label="Part of the application"
        data={tabs.map(({ label, to }) => ({ label, value: to }))}
        value={shown}
        onChange={({ currentTarget: { value } }) => show(value)}
      />
      <Tabs.List className={classes.tabs} aria-label="Parts of the application">
        {tabs.map(({ label, to }) => (
          <Tabs.Tab key={to} value={to}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown} className={classes.content}>
        <Outlet />
      </Tabs.Panel>
    </Tabs>
  );
}
