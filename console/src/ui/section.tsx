/** A part of a page, with a heading of its own. */
import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './section.module.css';

interface Props {
  readonly title: string;
  readonly about?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export const Section = ({ title, about, actions, children }: Props) => (
  <section className={classes.section}>
    <div className={classes.head}>
      <div>
        <Title order={2}>{title}</Title>
        {about !== undefined && <p className={classes.about}>{about}</p>}
      </div>
      {actions}
    </div>
    {children}
  </section>
);
