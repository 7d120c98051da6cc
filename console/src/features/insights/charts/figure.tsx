/** A chart, and the same numbers as a table for whoever would rather read them. The library that draws comes when it is needed. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
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

export function Figure<T>({ summary, label, rows, columns, idOf, ...drawing }: Props<T>) {
  const [opened, { toggle }] = useDisclosure();
  return (
    <figure className={classes.figure}>
      <div className={classes.drawing} role="img" aria-label={summary}>
        <Suspense fallback={<Loading lines={5} />}>
          <Drawing {...drawing} />
        </Suspense>
      </div>
      <Button
        variant="subtle"
        size="xs"
        onClick={toggle}
        aria-expanded={opened}
        aria-label={`Show as a table: ${label}`}
      >
        {opened ? 'Hide the table' : 'Show as a table'}
      </Button>
      {opened && (
        <div className={classes.table}>
          <DataTable label={label} rows={rows} columns={columns} idOf={idOf} />
        </div>
      )}
    </figure>
  );
}
