/** What every page begins with: its heading, which takes the focus, and the title of the browser's tab. */
import { Anchor, Group, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import classes from './page-header.module.css';

interface Props {
  /** The h1, and the title of the browser's tab. */
  readonly title: string;
  /** Above the title: the page to which this one belongs. */
  readonly crumb?: { readonly to: string; readonly label: string };
  /** Below the title, in a line. */
  readonly about?: ReactNode;
  /** At the right: what can be done here. */
  readonly actions?: ReactNode;
}

let isFirstPage = true;

/** After a step to another page the focus is at its beginning, where those who hear the page begin to read. */
function useFocusAfterNavigation() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return heading;
}

export function PageHeader({ title, crumb, about, actions }: Props) {
  const heading = useFocusAfterNavigation();
  useEffect(() => {
    document.title = `${title} – Rollcall`;
  }, [title]);
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {crumb && (
          <div className={classes.crumb}>
            <Anchor component={Link} to={crumb.to}>
              {crumb.label}
            </Anchor>
          </div>
        )}
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {about !== undefined && <div className={classes.about}>{about}</div>}
      </div>
      {actions && <Group gap="sm">{actions}</Group>}
    </header>
  );
}
