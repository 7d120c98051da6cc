/** How far something is that takes its time. */
import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './progress-panel.module.css';

interface Props {
  /** How it stands, in a few words, which those who hear the page are told as they change. */
  readonly said: ReactNode;
  /** In percent; `unknown` where nobody knows how much there is. Left out where nothing is under way. */
  readonly done?: number | 'unknown' | undefined;
  /** What the bar is of, for those who hear it. */
  readonly label: string;
  readonly children?: ReactNode;
}

export const ProgressPanel = ({ said, done, label, children }: Props) => (
  <div className={classes.panel}>
    <div role="status">{said}</div>
    {done === 'unknown' && (
      <Progress.Root aria-hidden>
        <Progress.Section value={100} animated striped />
      </Progress.Root>
    )}
    {typeof done === 'number' && (
      <Progress.Root>
        <Progress.Section value={done} aria-label={label} />
      </Progress.Root>
    )}
    {children}
  </div>
);
