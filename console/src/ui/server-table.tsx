/** A list that the server searches, sorts and pages. */
import { Button, Group } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/client';
import { DataTable, type Column, type Selection } from './data-table';
import type { ListState } from './list-state';
import { Empty, Failed, Loading, useFailure } from './page-state';
import { SearchField } from './search-field';
import classes from './server-table.module.css';
import { count, written } from './words';

interface Props<T> {
  /** What the table is of, for those who hear it: `Users`. */
  readonly label: string;
  /** One of it, for the count: `user`. */
  readonly noun: string;
  /** Where `noun` with an s is not its plural. */
  readonly nouns?: string;
  /** What is counted below the table, where that is more than so many of `noun`. */
  readonly counted?: string;
  readonly list: ListState;
  readonly query: UseQueryResult<Page<T>>;
  readonly columns: readonly Column<T>[];
  readonly idOf: (row: T) => string;
  /** What a row is called, for the label of its checkbox. */
  readonly nameOf: (row: T) => string;
  readonly selection?: Selection;
  readonly selectable?: (row: T) => boolean;
  /** What can be done with the rows that are selected, while there are some. */
  readonly selected?: ReactNode;
  /** Beside the search: filters. */
  readonly filters?: ReactNode;
  /** What shows where there is nothing at all. */
  readonly empty: ReactNode;
  /** What the server looks at when it searches: `Name, user name or email`; left out where it does not search. */
  readonly searches?: string;
}

function Pages<T>({
  label,
  list,
  page,
  noun,
  nouns,
  counted,
}: Pick<Props<T>, 'label' | 'list' | 'noun' | 'nouns' | 'counted'> & { page: Page<T> }) {
  const { nextCursor, total } = page;
  return (
    <nav aria-label={`Pages of ${label}`} className={classes.pages}>
      <span role="status">
        {counted ?? count(total, noun, nouns)}
        {(list.page > 1 || nextCursor !== null) && `, page ${written(list.page)}`}
      </span>
      {(list.page > 1 || nextCursor !== null) && (
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={list.page === 1} onClick={list.previous}>
            Previous
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={nextCursor === null}
            onClick={() => nextCursor !== null && list.next(nextCursor)}
          >
            Next
          </Button>
        </Group>
      )}
    </nav>
  );
}

/** Takes the search and every filter away. */
const ShowAll = ({ list }: { readonly list: ListState }) => (
  <Button
    variant="default"
    onClick={() =>
      list.change({
        search: '',
        filters: Object.fromEntries(Object.keys(list.filters).map((name) => [name, null])),
      })
    }
  >
    Show all
  </Button>
);

const NothingFound = ({ list }: { readonly list: ListState }) => (
  <Empty title="Nothing matches" action={<ShowAll list={list} />}>
    Try part of a word, or take away the filter.
  </Empty>
);

/** What was on the page went meanwhile, or moved to one before it. */
const NothingLeft = ({ list }: { readonly list: ListState }) => (
  <Empty
    title="Nothing is left on this page"
    action={
      <Button variant="default" onClick={list.previous}>
        To the page before
      </Button>
    }
  >
    The list became shorter while you looked at it.
  </Empty>
);

function Body<T>(props: Props<T>) {
  const { query, list, empty } = props;
  const failure = useFailure(query);
  const retry = () => void query.refetch();
  if (query.data === undefined)
    return failure === null ? (
      <Loading lines={6} retry={retry} />
    ) : (
      <Failed
        error={failure}
        title="This list cannot be shown so"
        retry={retry}
        busy={query.isFetching}
        instead={<ShowAll list={list} />}
      />
    );
  const { items } = query.data;
  const narrowed = list.search !== '' || Object.keys(list.filters).length > 0;
  if (items.length === 0 && list.page > 1) return <NothingLeft list={list} />;
  if (items.length === 0) return narrowed ? <NothingFound list={list} /> : empty;
  return (
    <>
      <DataTable {...props} rows={items} busy={query.isFetching} outdated={query.isPlaceholderData} />
      <Pages {...props} page={query.data} />
    </>
  );
}

export function ServerTable<T>(props: Props<T>) {
  const { list, searches, filters, selection, selected } = props;
  const number = selection?.all ?? selection?.ids.size ?? 0;
  return (
    <section>
      {(searches !== undefined || filters !== undefined) && (
        <div className={classes.bar}>
          {searches !== undefined && <SearchField list={list} label={searches} />}
          {filters}
        </div>
      )}
      {number > 0 && (
        <div className={classes.selected}>
          <span role="status">{count(number, 'selected', 'selected')}</span>
          {selected}
          <Button variant="subtle" size="xs" onClick={() => selection?.change(new Set())}>
            Select none
          </Button>
        </div>
      )}
      <Body {...props} />
    </section>
  );
}
