/** The audit trail: who did what, to whom and when. */
import { Anchor, Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Column } from '../../../ui/data-table';
import { useUrlList, type ListState } from '../../../ui/list-state';
import { Gate } from '../../../ui/gate';
import { Notices } from '../../../ui/notice';
import { PageHeader } from '../../../ui/page-header';
import { Empty } from '../../../ui/page-state';
import { ServerTable } from '../../../ui/server-table';
import { When } from '../../../ui/when';
import { ApplicationFilter } from '../application-filter';
import { EntryDrawer } from './entry-drawer';
import { auditQuery, csvOf, type Entry } from './queries';
import { useVerification } from './verification';

const route = getRouteApi('/insights/audit');

const columnsFor = (open: (entry: Entry) => void): readonly Column<Entry>[] => [
  {
    header: 'What',
    cell: (entry) => (
      <Anchor component="button" type="button" ta="start" onClick={() => open(entry)}>
        {entry.sentence}
      </Anchor>
    ),
  },
  { header: 'When', sort: 'at', cell: ({ at }) => <When at={at} /> },
];

interface DayProps {
  readonly list: ListState;
  readonly name: 'from' | 'to';
  readonly label: string;
}

/** Days are compared as they are written. */
const isBackwards = ({ filters: { from = '', to = '' } }: ListState): boolean => to !== '' && to < from;

/** A year is typed digit by digit, and 0202 is one as well. */
const isTyped = (day: string): boolean => day === '' || day >= '1900';

function Day({ list, name, label }: DayProps) {
  const chosen = list.filters[name] ?? '';
  const [text, setText] = useState(chosen);
  const [seen, setSeen] = useState(chosen);
  if (chosen !== seen) {
    setSeen(chosen);
    setText(chosen);
  }
  return (
    <TextInput
      type="date"
      label={label}
      error={name === 'to' && isBackwards(list) && 'Is before “From”.'}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        if (value !== chosen && isTyped(value)) list.change({ filters: { [name]: value } });
      }}
    />
  );
}

function Trail() {
  const search = route.useSearch();
  const list = useUrlList();
  const query = useQuery(auditQuery(search));
  const [opened, setOpened] = useState<Entry | null>(null);
  const { button, result } = useVerification();
  return (
    <>
      <PageHeader
        title="Audit trail"
        about="Who changed what in Rollcall, kept for good."
        actions={
          <>
            {button}
            <Button variant="default" component="a" href={csvOf(search)} download>
              Export as CSV
            </Button>
          </>
        }
      />
      <Notices>{result}</Notices>
      <ServerTable
        label="Audit trail"
        noun="entry"
        nouns="entries"
        searches="Who did it, or to whom"
        list={list}
        query={query}
        columns={columnsFor(setOpened)}
        idOf={({ seq }) => String(seq)}
        nameOf={({ sentence }) => sentence}
        filters={
          <>
            <ApplicationFilter list={list} />
            <Day list={list} name="from" label="From" />
            <Day list={list} name="to" label="Until" />
          </>
        }
        empty={
          <Empty title="Nothing yet">Whatever is changed in Rollcall stands here, with who did it.</Empty>
        }
      />
      <EntryDrawer entry={opened} onClose={() => setOpened(null)} />
    </>
  );
}

export const AuditTrail = () => (
  <Gate needs="administer" title="Audit trail">
    <Trail />
  </Gate>
);
