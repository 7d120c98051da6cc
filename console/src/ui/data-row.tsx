/** One row of a table, with its checkbox where rows can be selected. */
import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Column, Selection } from './data-table';
import classes from './data-table.module.css';
import { written } from './words';

interface Props<T> {
  readonly row: T;
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  readonly nameOf?: (row: T) => string;
  readonly selection?: Selection;
  readonly selectable: boolean;
}

/** Numbers are written in every table alike. */
const shown = (content: ReactNode): ReactNode => (typeof content === 'number' ? written(content) : content);

export function DataRow<T>({ row, columns, idOf, nameOf, selectable, selection }: Props<T>) {
  const id = idOf(row);
  const toggle = (): void => {
    const ids = new Set(selection?.ids);
    if (!ids.delete(id)) ids.add(id);
    selection?.change(ids);
  };
  const all = selection?.all !== undefined;
  const selected = selectable && (all || selection?.ids.has(id) === true);
  return (
    <tr role="row" data-selected={selected || undefined}>
      {selection && (
        <td role="cell" className={classes.check}>
          {selectable && (
            <Checkbox
              aria-label={`Select ${nameOf?.(row) ?? 'this row'}`}
              checked={selected}
              disabled={all}
              onChange={toggle}
            />
          )}
        </td>
      )}
      {columns.map(({ header, cell, align, wide, acts }) => (
        <td
          role="cell"
          key={header}
          data-label={acts ? undefined : header}
          data-acts={acts}
          data-align={align}
          data-wide={wide}
        >
          {shown(cell(row))}
        </td>
      ))}
    </tr>
  );
}
