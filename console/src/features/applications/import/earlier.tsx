/** The imports of an application, under way and done. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Column } from '../../../ui/data-table';
import { useLocalList } from '../../../ui/list-state';
import { Notice } from '../../../ui/notice';
import { Empty } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { ServerTable } from '../../../ui/server-table';
import { StateBadge } from '../../../ui/state-badge';
import { When } from '../../../ui/when';
import { count } from '../../../ui/words';
import classes from './import.module.css';
import { countsInWords, doneInWords } from './import-words';
import { importsQuery, type Import } from './queries';

const addressOf = ({ applicationId, id }: Import): string => `/applications/${applicationId}/import/${id}`;

const nameOf = ({ counts: { total } }: Import): string => `Import of ${count(total, 'user')}`;

function standingOf({ counts, state }: Import) {
  if (state === 'running') return { label: 'Under way', tone: 'good' } as const;
  if (counts.cancelled > 0) return { label: 'Cancelled', tone: 'warn' } as const;
  return counts.failed > 0
    ? ({ label: 'Done, some failed', tone: 'bad' } as const)
    : ({ label: 'Done', tone: 'good' } as const);
}

const columns: readonly Column<Import>[] = [
  {
    header: 'Import',
    cell: (made) => (
      <Anchor component={Link} to={addressOf(made)} fw={500}>
        {nameOf(made)}
      </Anchor>
    ),
  },
  { header: 'State', cell: (made) => <StateBadge {...standingOf(made)} /> },
  { header: 'What came of it', cell: ({ counts }) => `${countsInWords(counts)}.` },
  { header: 'Started by', wide: true, cell: ({ startedBy }) => startedBy },
  { header: 'When', cell: ({ createdAt }) => <When at={createdAt} /> },
];

/** The newest that is under way, whoever started it. */
export function UnderWay({ applicationId }: { readonly applicationId: string }) {
  const running = useQuery(importsQuery(applicationId, {})).data?.items.find(
    ({ state }) => state === 'running',
  );
  if (running === undefined) return null;
  const { counts, startedBy } = running;
  return (
    <div className={classes.above}>
      <Notice
        tone="info"
        title={`${nameOf(running)} is under way`}
        action={
          <Anchor component={Link} to={addressOf(running)}>
            Watch it
          </Anchor>
        }
      >
        {doneInWords(counts)} so far, started by {startedBy}.
      </Notice>
    </div>
  );
}

export function EarlierImports({ applicationId }: { readonly applicationId: string }) {
  const list = useLocalList();
  const query = useQuery(importsQuery(applicationId, list.query));
  return (
    <Section title="Earlier imports">
      <ServerTable
        label="Imports"
        noun="import"
        list={list}
        query={query}
        columns={columns}
        idOf={({ id }) => id}
        nameOf={nameOf}
        empty={
          <Empty title="No imports yet">
            Each import is listed here with its report, as long as the log is kept.
          </Empty>
        }
      />
    </Section>
  );
}
