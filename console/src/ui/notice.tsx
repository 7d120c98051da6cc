import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface Props {
  readonly tone: 'info' | 'warn' | 'bad';
  readonly title?: string;
  readonly children: ReactNode;
  /** What can be done about it, as buttons or links. */
  readonly action?: ReactNode;
}

/** Something that has to be read here: what happened, to whom, and what to do next. What is bad is said at once to those who hear the page. */
export const Notice = ({ tone, title, children, action }: Props) => (
  <div className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
    {title !== undefined && <p className={classes.title}>{title}</p>}
    <div>{children}</div>
    {action !== undefined && <div className={classes.action}>{action}</div>}
  </div>
);
