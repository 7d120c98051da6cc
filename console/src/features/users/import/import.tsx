/** Many users from a CSV: choose it, see what it would do, and only then do it. */
import { Box } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../../../ui/gate';
import { PageHeader } from '../../../ui/page-header';
import { Failed, Loading } from '../../../ui/page-state';
import { importUsers, type Import } from '../queries';
import { Choice } from './choice';
import { Preview } from './preview';

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
  const again = () => variables && preview.mutate(variables);
  return (
    <>
      <PageHeader
        title="Import users"
        crumb={{ to: '/users', label: 'Users' }}
        about="Nothing is written before you have seen what would happen."
      />
      <Choice {...choice} />
      <Box mt="xl" aria-live="polite">
        {isPending && <Loading retry={again} />}
        {error && <Failed error={error} title="This file cannot be used" retry={again} byHand />}
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
