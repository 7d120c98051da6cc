/** Terms and what they are, one below the other: `<Facts of={[['Email', user.email]]} />`. What is null is left out. */
import type { ReactNode } from 'react';
import classes from './facts.module.css';

export const Facts = ({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={classes.facts}>
    {of
      .filter(([, fact]) => fact !== null)
      .map(([term, fact]) => (
        <div key={term} className={classes.fact}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
  </dl>
);
