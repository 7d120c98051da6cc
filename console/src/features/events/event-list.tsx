/** The log of operations: searched, filtered, live, each line opening to what was asked and answered. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { refresh } from '../../api/queries';
import type { Column } from '../../ui/data-table';
import type { ListState } from '../../ui/list-state';
import { Empty } from '../../ui/page-state';
import { ServerTable } from '../../ui/server-table';
import { count } from '../../ui/words';
import { eventColumns } from './columns';
import { EventDrawer } from './event-drawer';
import { EventFilters } from './filters';
import { countNew } from './new-lines';
import { eventsQuery, newestQuery, type EventSearch, type LoggedEvent } from './queries';

interface NewLinesProps {
  readonly search: EventSearch;
  /** The lines that are shown. */
  readonly shown: readonly LoggedEvent[];
}

/** Says how many lines came since, and shows them when somebody asks: a list that is read does not move. */
function NewLines({ search, shown }: NewLinesProps) {
  const { data } = useQuery(newestQuery(search));
  const number = data === undefined ? 0 : countNew(data.items, shown[0]);
  return (
    <div role="status">
      {number > 0 && (
        <Button variant="light" size="xs" mb="sm" onClick={() => void refresh(['log'])}>
          {count(number, 'new line')} – show
        </Button>
      )}
    </div>
  );
}

const isNewestFirst = ({ page = 1, sort = '-at' }: EventSearch): boolean => page === 1 && sort === '-at';

interface Props {
  readonly search: EventSearch;
  readonly list: ListState;
  /** More filters, and more columns, than the ones of every list of operations. */
  readonly filters?: ReactNode;
  readonly columns?: readonly Column<LoggedEvent>[];
}

export function EventList({ search, list, filters, columns = [] }: Props) {
  const query = useQuery(eventsQuery(search));
  const [opened, setOpened] = useState<LoggedEvent | null>(null);
  return (
    <>
      {query.data && !query.isPlaceholderData && isNewestFirst(search) && (
        <NewLines search={search} shown={query.data.items} />
      )}
      <ServerTable
        label="Operations"
        noun="operation"
        searches="Part of a line, or a name"
        list={list}
        query={query}
        columns={[...eventColumns(setOpened), ...columns]}
        idOf={({ id }) => id}
        nameOf={({ sentence }) => sentence}
        filters={
          <>
            {filters}
            <EventFilters list={list} />
          </>
        }
        empty={
          <Empty title="Nothing has happened yet">
            Whatever is asked of an application stands here, with its answer.
          </Empty>
        }
      />
      <EventDrawer event={opened} onClose={() => setOpened(null)} />
    </>
  );
}
