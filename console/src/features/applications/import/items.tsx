/** What became of each of an import; whoever failed can be corrected and tried again. */
import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../../app/session';
import { actsColumn, type Column } from '../../../ui/data-table';
import { Filter } from '../../../ui/filter';
import { useUrlList } from '../../../ui/list-state';
import { notify } from '../../../ui/notify';
import { Empty } from '../../../ui/page-state';
import { ServerTable } from '../../../ui/server-table';
import { StateBadge } from '../../../ui/state-badge';
import { optionsOf } from '../../../ui/words';
import { IMPORT_OUTCOMES } from './import-words';
import { PersonEditor } from './person-editor';
import { errorInWords, nameOfPerson } from './person-form';
import { itemsQuery, retryImport, type Import, type ImportItem, type ItemSearch } from './queries';

const columns: readonly Column<ImportItem>[] = [
  {
    header: 'Name',
    cell: ({ person, userId }) =>
      userId === null ? (
        nameOfPerson(person)
      ) : (
        <Anchor component={Link} to={`/users/${userId}`} fw={500}>
          {nameOfPerson(person)}
        </Anchor>
      ),
  },
  { header: 'User name', sort: 'username', cell: ({ person }) => person.username ?? 'None' },
  { header: 'Result', cell: ({ outcome }) => <StateBadge {...IMPORT_OUTCOMES[outcome]} /> },
  { header: 'Why', cell: ({ errors }) => errors.map(errorInWords).join(' ') },
];

const correctColumn = (correct: (item: ImportItem) => void) =>
  actsColumn(
    (item: ImportItem) =>
      item.outcome === 'failed' && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Correct ${nameOfPerson(item.person)}`}
          onClick={() => correct(item)}
        >
          Correct
        </Button>
      ),
  );

interface CorrectProps {
  readonly made: Import;
  readonly item: ImportItem;
  readonly onClose: () => void;
}

const Correct = ({ item, made, onClose }: CorrectProps) => (
  <PersonEditor
    title={`Correct ${nameOfPerson(item.person)}`}
    about="This one is tried again at once; the others stay as they are."
    act="Try again"
    proposed={item.person}
    person={item.person}
    errors={item.errors}
    save={async (change) => {
      await retryImport(made, { remoteIds: [item.remoteId], overrides: { [item.remoteId]: change } });
      notify(`${nameOfPerson(item.person)} is tried again.`);
    }}
    onClose={onClose}
  />
);

export function ImportItems({ made, search }: { readonly made: Import; readonly search: ItemSearch }) {
  const list = useUrlList();
  const query = useQuery(itemsQuery(made.applicationId, made, search));
  const [corrected, correct] = useState<ImportItem | null>(null);
  const mayCorrect = useMay()('directory') && made.state === 'done' && made.counts.failed > 0;
  return (
    <>
      <ServerTable
        label="Imported users"
        noun="user"
        searches="Name, user name or email"
        list={list}
        query={query}
        columns={[...columns, ...(mayCorrect ? [correctColumn(correct)] : [])]}
        idOf={({ remoteId }) => remoteId}
        nameOf={({ person }) => nameOfPerson(person)}
        filters={
          <Filter
            list={list}
            name="outcome"
            label="Result"
            any="Any result"
            options={optionsOf(IMPORT_OUTCOMES)}
          />
        }
        empty={<Empty title="Nobody">This import was of nobody.</Empty>}
      />
      {corrected && <Correct made={made} item={corrected} onClose={() => correct(null)} />}
    </>
  );
}
