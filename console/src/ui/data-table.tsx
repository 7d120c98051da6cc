/** Rows as a table, or, on narrow screens, as cards. Lists that the server pages are server-table.tsx, which is made of it. */
import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';
import type { ListState } from './list-state';

export interface Column<T> {
  readonly header: string;
  readonly cell: (row: T) => ReactNode;
  /** The server's name of the field, where the list can be sorted by it. */
  readonly sort?: string;
  /** Left out on narrow screens. */
  readonly wide?: boolean;
  readonly align?: 'end';
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly change: (ids: ReadonlySet<string>) => void;
  /** How many, where everything is selected that the list shows, on other pages too; single rows are not changed then. */
  readonly all?: number | undefined;
}

interface Props<T> {
  /** What the table is of, for those who hear it: `Users`. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  /** What a row is called, for the label of its checkbox. */
  readonly nameOf?: (row: T) => string;
  readonly selection?: Selection;
  /** Which rows can be selected, where it is not all. */
  readonly selectable?: (row: T) => boolean;
  /** By what it is sorted, where it can be. */
  readonly list?: ListState;
  readonly busy?: boolean;
}

const directionOf = (sort: string | undefined, field: string): 'ascending' | 'descending' | undefined =>
  sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : undefined;

function Header<T>({ column, list }: { readonly column: Column<T>; readonly list: ListState | undefined }) {
  const { header, sort: field, align, wide } = column;
  const shared = { scope: 'col', 'data-align': align, 'data-wide': wide } as const;
  if (field === undefined || list === undefined) return <th {...shared}>{header}</th>;
  const direction = directionOf(list.sort, field);
  return (
    <th {...shared} aria-sort={direction}>
      <button
        type="button"
        className={classes.sort}
        data-direction={direction}
        onClick={() => list.change({ sort: direction === 'ascending' ? `-${field}` : field })}
      >
        {header}
      </button>
    </th>
  );
}

function SelectAll<T>({
  rows,
  idOf,
  selection,
}: Required<Pick<Props<T>, 'selection' | 'idOf'>> & { rows: readonly T[] }) {
  const { all, ids, change } = selection;
  const here = rows.map(idOf);
  const chosen = here.filter((id) => all !== undefined || ids.has(id)).length;
  return (
    <Checkbox
      aria-label="Select all on this page"
      checked={chosen > 0 && chosen === here.length}
      indeterminate={chosen > 0 && chosen < here.length}
      disabled={all !== undefined || here.length === 0}
      onChange={({ currentTarget: { checked } }) => {
        const others = [...ids].filter((id) => !here.includes(id));
        change(new Set(checked ? [...others, ...here] : others));
      }}
    />
  );
}

interface RowProps<T> extends Pick<Props<T>, 'columns' | 'idOf' | 'nameOf' | 'selection'> {
  readonly row: T;
  readonly selectable: boolean;
}

function Row<T>({ row, columns, idOf, nameOf, selectable, selection }: RowProps<T>) {
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
      {columns.map(({ header, cell, align, wide }) => (
        <td role="cell" key={header} data-label={header} data-align={align} data-wide={wide}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}

export function DataTable<T>(props: Props<T>) {
  const { label, rows, columns, list, selection, selectable = () => true, idOf, busy } = props;
  return (
    <table role="table" aria-label={label} className={classes.table} aria-busy={busy}>
      <thead role="rowgroup">
        <tr role="row">
          {selection && (
            <th scope="col" className={classes.check}>
              <SelectAll rows={rows.filter(selectable)} idOf={idOf} selection={selection} />
            </th>
          )}
          {columns.map((column) => (
            <Header key={column.header} column={column} list={list} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={idOf(row)} {...props} row={row} selectable={selectable(row)} />
        ))}
      </tbody>
    </table>
  );
}
