/** The frame of every page: the menu at the left, or behind a button where there is no room; then the page itself. */
import { Burger, Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Account } from './account';
import { ColorScheme } from './color-scheme';
import icon from './icon.svg';
import { Live } from './live';
import { places } from './navigation';
import { useMay } from './session';
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
      <Drawer opened={opened && isNarrow} onClose={close} title="Menu" size="17rem" padding="md">
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
