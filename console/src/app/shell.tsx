/** The frame of every page: the menu at the left, or behind a button where there is no room; then the page itself. */
import { Burger, Drawer, Menu, UnstyledButton } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import IconApps from '@tabler/icons-react/icons/IconApps';
import IconChevronUp from '@tabler/icons-react/icons/IconChevronUp';
import IconLogout from '@tabler/icons-react/icons/IconLogout';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ColorScheme } from './color-scheme';
import icon from './icon.svg';
import { Live } from './live';
import { places } from './navigation';
import { useMay, useSession } from './session';
import classes from './shell.module.css';

function Places({ onChoose }: { readonly onChoose?: () => void }) {
  const may = useMay();
  return (
    <nav aria-label="Console">
      <ul className={classes.places}>
        {places
          .filter(({ needs }) => may(needs))
          .map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link
                to={to}
                className={classes.place}
                activeOptions={{ exact: to === '/' }}
                activeProps={{ 'aria-current': 'page' }}
                onClick={onChoose}
              >
                <Icon size={19} stroke={1.7} />
                {label}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}

function Account() {
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

const Brand = () => (
  <Link to="/" className={classes.brand}>
    <img src={icon} alt="" width={26} height={26} /> Rollcall
  </Link>
);

function Side({ onChoose }: { readonly onChoose?: () => void }) {
  return (
    <>
      <Places {...(onChoose && { onChoose })} />
      <div className={classes.foot}>
        <div className={classes.tools}>
          <Live />
          <ColorScheme />
        </div>
        <Account />
      </div>
    </>
  );
}

/** Where shell.module.css has no room for the menu. */
const NARROW = '(max-width: 48em)';

function NarrowHeader() {
  const [opened, { open, close }] = useDisclosure();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isNarrow = useMediaQuery(NARROW);
  useEffect(close, [path, close]);
  return (
    <section aria-label="Rollcall" className={classes.header}>
      <Brand />
      <Burger opened={opened} onClick={open} size="sm" aria-label="Open the menu" aria-expanded={opened} />
      <Drawer
        opened={opened && isNarrow}
        onClose={close}
        title="Menu"
        size="17rem"
        padding="md"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <div className={classes.drawer}>
          <Side onChoose={close} />
        </div>
      </Drawer>
    </section>
  );
}

export function Shell() {
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        To the content
      </a>
      <NarrowHeader />
      <section aria-label="Rollcall" className={classes.side}>
        <Brand />
        <Side />
      </section>
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
