/** Whoever is signed in: to their own applications, and out. */
import { Menu, UnstyledButton } from '@mantine/core';
import IconApps from '@tabler/icons-react/icons/IconApps';
import IconChevronUp from '@tabler/icons-react/icons/IconChevronUp';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import { useRef } from 'react';
import { useSession } from './session';
import classes from './shell.module.css';

export function Account() {
  const { username, displayname, csrfToken } = useSession();
  const form = useRef<HTMLFormElement>(null);
  return (
    <form method="post" action="/sign-out" ref={form}>
      <input type="hidden" name="csrf" value={csrfToken} />
      <Menu position="top-start" width={224}>
        <Menu.Target>
          <UnstyledButton className={classes.account}>
            <span className={classes.name}>{displayname ?? username}</span>
            <IconChevronUp size={16} stroke={1.7} aria-hidden />
            <span className="visually-hidden">: your account</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Signed in as {username}</Menu.Label>
          <Menu.Item component="a" href="/portal" leftSection={<IconApps size={16} stroke={1.7} />}>
            My applications
          </Menu.Item>
          <Menu.Item
            leftSection={<IconLogout size={16} stroke={1.7} />}
            onClick={() => form.current?.requestSubmit()}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </form>
  );
}
