/** Whoever is signed in: to their own applications, and out. */
import { Menu, UnstyledButton } from '@mantine/core';
import IconApps from '@tabler/icons-react/icons/IconApps';
import IconChevronUp from '@tabler/icons-react/icons/IconChevronUp';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import { useRef } from 'react';
import { readSession } from '../api/session';
import { useSession } from './session';
import classes from './shell.module.css';

export function Account() {
  const session = useSession();
  const { username, displayname } = session;
  const form = useRef<HTMLFormElement>(null);
  const token = useRef<HTMLInputElement>(null);
  // Who signed in again in another tab has another token since.
  const signOut = async () => {
    const { csrfToken } = await readSession().catch(() => session);
    if (token.current !== null) token.current.value = csrfToken;
    form.current?.requestSubmit();
  };
  return (
    <form method="post" action="/sign-out" ref={form}>
      <input type="hidden" name="csrf" ref={token} />
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
          <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </form>
  );
}
