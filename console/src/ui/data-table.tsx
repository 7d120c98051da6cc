/** Rows as a table, or, on narrow screens, as cards. Lists that the server pages are server-table.tsx, which is made of it. */
import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { DataRow } from './data-row';
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
  /** What can be done with the row, or where it leads: at the end, under a header that is only heard. */
  readonly acts?: true;
}

/** The column of what can be done with a row, which is the last. */
export const actsColumn = <T,>(cell: Column<T>['cell']): Column<T> => ({
  header: 'Actions',
  cell,
  acts: true,
});

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
  /** It is being read again. */
  readonly busy?: boolean;
  /** What was asked for last is on its way, and the rows are of what was asked before. */
  readonly outdated?: boolean;
}

const directionOf = (sort: string | undefined, field: string): 'ascending' | 'descending' | undefined =>
  sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : undefined;

function Header<T>({ column, list }: { readonly column: Column<T>; readonly list: ListState | undefined }) {
  const { header, sort: field, align, wide, acts } = column;
  const shared = { scope: 'col', 'data-align': align, 'data-wide': wide } as const;
  if (acts)
    return (
      <th {...shared}>
        <span className="visually-hidden">{header}</span>
      </th>
    );
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

export function DataTable<T>(props: Props<T>) {
  const { label, rows, columns, list, selection, selectable = () => true, idOf, busy, outdated } = props;
  return (
    <table
      role="table"
      aria-label={label}
      className={classes.table}
      aria-busy={busy}
      data-outdated={outdated || undefined}
    >
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
          <DataRow key={idOf(row)} {...props} row={row} selectable={selectable(row)} />
        ))}
      </tbody>
    </table>
  );
}
