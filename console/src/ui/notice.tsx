/** Something that has to be read where it stands: what happened, to whom, and what to do next. */
import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface Props {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly title?: string;
  readonly children: ReactNode;
  /** What can be done about it, as buttons or links. */
  readonly action?: ReactNode;
}

/** What is bad is said at once to those who hear the page. */
export const Notice = ({ tone, title, children, action }: Props) => (
  <div className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
    {title !== undefined && <p className={classes.title}>{title}</p>}
    <div>{children}</div>
    {action && <div className={classes.action}>{action}</div>}
  </div>
);

/** Notices before what a page is about; without any they take no room. */
export const Notices = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes.notices}>{children}</div>
);
