/** A chart, and the same numbers as a table for whoever would rather read them. The library that draws, half as large as all else, comes once the chart is scrolled to. */
import { Button } from '@mantine/core';
import { useDisclosure, useIntersection } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { DataTable, type Column } from '../../../ui/data-table';
import { Loading } from '../../../ui/page-state';
import type { DrawingProps } from './drawing';
import classes from './figure.module.css';

const Drawing = lazy(() => import('./drawing').then((module) => ({ default: module.Drawing })));

interface Props<T> extends DrawingProps {
  /** What it shows, in a sentence: for those who do not see the drawing. */
  readonly summary: string;
  /** The name of the table. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
}

/** Draws once it has been seen, and from then on. */
function DrawnWhenSeen(drawing: DrawingProps) {
  const { ref, entry } = useIntersection<HTMLDivElement>();
  const [seen, setSeen] = useState(false);
  if (!seen && entry?.isIntersecting === true) setSeen(true);
  return (
    <div ref={ref} className={classes.space}>
      {seen && (
        <Suspense fallback={<Loading lines={5} />}>
          <Drawing {...drawing} />
        </Suspense>
      )}
    </div>
  );
}

export function Figure<T>({ summary, label, rows, columns, idOf, ...drawing }: Props<T>) {
  const [opened, { toggle }] = useDisclosure();
  const action = opened ? 'Hide the table' : 'Show as a table';
  return (
    <figure className={classes.figure}>
      <div className={classes.drawing} role="img" aria-label={summary}>
        <DrawnWhenSeen {...drawing} />
      </div>
      <Button
        variant="default"
        size="compact-sm"
        onClick={toggle}
        aria-expanded={opened}
        aria-label={`${action}: ${label}`}
      >
        {action}
      </Button>
      {opened && (
        <div className={classes.table}>
          <DataTable label={label} rows={rows} columns={columns} idOf={idOf} />
        </div>
      )}
    </figure>
  );
}
