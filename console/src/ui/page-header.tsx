import { Group, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import classes from './page-header.module.css';

interface Props {
  /** The h1, and the title of the browser's tab. */
  readonly title: string;
  /** Above the title: where this page belongs. */
  readonly crumb?: ReactNode;
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

/** Begins every page. */
export function PageHeader({ title, crumb, about, actions }: Props) {
  const heading = useFocusAfterNavigation();
  useEffect(() => {
    document.title = `${title} – Rollcall`;
  }, [title]);
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {crumb !== undefined && <div className={classes.crumb}>{crumb}</div>}
        <Title order={1} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {about !== undefined && <div className={classes.about}>{about}</div>}
      </div>
      {actions !== undefined && <Group gap="sm">{actions}</Group>}
    </header>
  );
}
