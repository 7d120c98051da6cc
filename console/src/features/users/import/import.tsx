/** Many users from a CSV: choose it, see what it would do, and only then do it. */
import { Anchor, Box, Button, FileInput, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { asProblem } from '../../api/problem';
import { refresh } from '../../api/queries';
import { Gate } from '../../ui/gate';
import { Notice } from '../../ui/notice';
import { notify } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { Loading } from '../../ui/page-state';
import { Section } from '../../ui/section';
import { count } from '../../ui/words';
import { ImportRows } from './import-rows';
import { importUsers, type Import } from './queries';

type Result = Schemas['BulkResult'];

const EXISTING: readonly { value: Import['existing']; label: string; description: string }[] = [
  { value: 'refuse', label: 'Refuse the row', description: 'It is listed as one that cannot be used.' },
  { value: 'skip', label: 'Skip the row', description: 'The user stays as they are.' },
  { value: 'update', label: 'Update the user', description: 'What the row says replaces what is there.' },
];

const COLUMNS =
  'The first line names the columns: username, and where you have them email, firstname, lastname, displayname, state, groups (names with semicolons between them) and attributes.NAME.';

interface ChoiceProps {
  readonly file: File | null;
  readonly existing: Import['existing'];
  readonly chooseFile: (file: File | null) => void;
  readonly chooseExisting: (existing: Import['existing']) => void;
}

const Choice = ({ file, existing, chooseFile, chooseExisting }: ChoiceProps) => (
  <Stack maw={560}>
    <FileInput
      label="CSV file"
      description={COLUMNS}
      placeholder="Choose a file"
      accept=".csv,text/csv"
      value={file}
      onChange={chooseFile}
      clearable
      clearButtonProps={{ 'aria-label': 'Choose no file' }}
    />
    <Radio.Group
      label="Where a user of that name exists"
      value={existing}
      onChange={(value) => chooseExisting(value)}
    >
      <Stack gap="xs" mt="xs">
        {EXISTING.map((choice) => (
          <Radio key={choice.value} {...choice} />
        ))}
      </Stack>
    </Radio.Group>
  </Stack>
);

/** What a preview found, in a sentence. */
function sentenceOf({ created, updated, unchanged, skipped, failed }: Result['summary']): string {
  const parts = [
    `${count(created, 'user')} would be created`,
    updated > 0 && `${count(updated, 'user')} updated`,
    unchanged > 0 && `${count(unchanged, 'user')} left as they are`,
    skipped > 0 && `${count(skipped, 'row')} skipped`,
    failed > 0 && `${count(failed, 'row')} cannot be used`,
  ];
  return `${parts.filter((part) => part !== false).join(', ')}.`;
}

interface PreviewProps {
  readonly given: Import;
  readonly preview: Result;
}

function Preview({ given, preview }: PreviewProps) {
  const navigate = useNavigate();
  const { created, updated, failed } = preview.summary;
  const doIt = useMutation({
    mutationFn: () => importUsers(given, 'partial'),
    onSuccess: async ({ summary }) => {
      notify(`${count(summary.created, 'user')} created, ${summary.updated} updated.`);
      await refresh(['users'], ['groups']);
      await navigate({ to: '/users' });
    },
  });
  const number = created + updated;
  return (
    <Section title="What would happen" about={sentenceOf(preview.summary)}>
      <Stack>
        {failed > 0 && (
          <Notice tone="warn">
            The rows that cannot be used are listed first. Correct them in the file and choose it again, or go
            on without them.
          </Notice>
        )}
        <ImportRows results={preview.results} />
        {doIt.error && <Notice tone="bad">{asProblem(doIt.error).message}</Notice>}
        <Group>
          <Button disabled={number === 0} loading={doIt.isPending} onClick={() => doIt.mutate()}>
            {number === 0 ? 'Nothing to import' : `Import ${count(number, 'user')}`}
          </Button>
          {failed > 0 && number > 0 && (
            <Text c="dimmed">without {count(failed, 'row')} that cannot be used</Text>
          )}
        </Group>
      </Stack>
    </Section>
  );
}

/** Reads the preview again whenever something else was chosen. */
function usePreview() {
  const [file, setFile] = useState<File | null>(null);
  const [existing, setExisting] = useState<Import['existing']>('refuse');
  const preview = useMutation({ mutationFn: (given: Import) => importUsers(given, 'dryRun') });
  const look = (next: { file: File | null; existing: Import['existing'] }) => {
    setFile(next.file);
    setExisting(next.existing);
    if (next.file === null) preview.reset();
    else preview.mutate({ file: next.file, existing: next.existing });
  };
  return {
    file,
    existing,
    preview,
    chooseFile: (chosen: File | null) => look({ file: chosen, existing }),
    chooseExisting: (chosen: Import['existing']) => look({ file, existing: chosen }),
  };
}

function Importing() {
  const { preview, ...choice } = usePreview();
  const { data, variables, error, isPending } = preview;
  return (
    <>
      <PageHeader
        title="Import users"
        crumb={
          <Anchor component={Link} to="/users">
            Users
          </Anchor>
        }
        about="Nothing is written before you have seen what would happen."
      />
      <Choice {...choice} />
      <Box mt="xl" aria-live="polite">
        {isPending && <Loading />}
        {error && <Notice tone="bad">{asProblem(error).message}</Notice>}
        {data !== undefined && <Preview given={variables} preview={data} />}
      </Box>
    </>
  );
}

export const UserImport = () => (
  <Gate needs="directory" title="Import users">
    <Importing />
  </Gate>
);
