/** Whom the application holds: looked through, corrected, chosen, imported. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../../app/session';
import { useUrlList } from '../../../ui/list-state';
import { Only } from '../../../ui/only';
import { Empty } from '../../../ui/page-state';
import { ServerTable } from '../../../ui/server-table';
import { Unsaved } from '../../../ui/unsaved';
import { count } from '../../../ui/words';
import type { Application } from '../queries';
import { candidateColumns, correctColumn, personOf } from './candidate-columns';
import { hasCorrections, useChoice, type Choice } from './choice';
import { PersonEditor } from './person-editor';
import type { Candidate, Candidates as Listed, CandidateSearch } from './queries';
import { NobodyRead } from './roster';
import { StartImport } from './start';

interface CorrectProps {
  readonly candidate: Candidate;
  readonly choice: Choice;
  readonly onClose: () => void;
}

const Correct = ({ candidate, choice, onClose }: CorrectProps) => (
  <PersonEditor
    title={`Edit ${candidate.userName}`}
    about="This is what the import makes of them in the directory. The application keeps what it has."
    act="Keep for the import"
    proposed={candidate.person}
    person={personOf(candidate, choice.corrections)}
    save={(change) => {
      choice.correct(candidate.remoteId, change);
      return Promise.resolve();
    }}
    onClose={onClose}
  />
);

interface Props {
  readonly application: Application;
  readonly search: CandidateSearch;
  readonly query: UseQueryResult<Listed>;
}

const isImportable = ({ state }: Candidate): boolean => state !== 'imported';

export function Candidates({ application, query, search }: Props) {
  const list = useUrlList();
  const mayImport = useMay()('directory');
  const importable = query.data?.importable ?? 0;
  const choice = useChoice(search, importable);
  const [corrected, correct] = useState<Candidate | null>(null);
  const [starting, { close, open }] = useDisclosure();
  const roster = query.data?.roster;
  return (
    <>
      <ServerTable
        label={`Users of ${application.label}`}
        noun="user"
        searches="Name, user name or email"
        list={list}
        query={query}
        columns={[...candidateColumns(choice.corrections), ...(mayImport ? [correctColumn(correct)] : [])]}
        idOf={({ remoteId }) => remoteId}
        nameOf={({ userName }) => userName}
        selectable={isImportable}
        {...(mayImport && { selection: choice.selection })}
        selected={
          <Button size="xs" onClick={open}>
            Import {count(choice.number, 'user')}
          </Button>
        }
        filters={
          <>
            <Only list={list} name="show" label="New users only" value="new" />
            {mayImport && importable > 1 && choice.selection.all === undefined && (
              <Button variant="default" onClick={choice.selectAll}>
                Select all {count(importable, 'user')}
              </Button>
            )}
          </>
        }
        empty={
          roster?.state === 'never' ? (
            <NobodyRead application={application} roster={roster} />
          ) : (
            <Empty title="Nobody there">The application holds no users, as they were last read.</Empty>
          )
        }
      />
      {hasCorrections(choice) && (
        <Unsaved act="Leave without importing">
          Whom you corrected is not imported yet, and your corrections would be lost.
        </Unsaved>
      )}
      {corrected && <Correct candidate={corrected} choice={choice} onClose={() => correct(null)} />}
      {starting && <StartImport application={application} choice={choice} onClose={close} />}
    </>
  );
}
