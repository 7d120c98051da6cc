/** The service provider's metadata instead of typing: what it says replaces what was set, and that is shown. */
import { Box, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { asProblem } from '../../../api/problem';
import { DataTable, type Column } from '../../../ui/data-table';
import { DialogButtons } from '../../../ui/dialog-buttons';
import { Cancel, EntryDialog } from '../../../ui/entry-dialog';
import { FileField } from '../../../ui/file-field';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { useSaving } from '../../../ui/use-saving';
import { applyMetadata, type Sso } from './queries';
import { differencesOf, type Difference } from './sso-words';

const columns: readonly Column<Difference>[] = [
  { header: 'Setting', cell: ({ label }) => label },
  { header: 'Before', cell: ({ before }) => before },
  { header: 'Now', cell: ({ after }) => <Box miw="9rem">{after}</Box> },
];

const Changed = ({ differences }: { readonly differences: readonly Difference[] }) =>
  differences.length === 0 ? (
    <Text>Everything it says was set already. Nothing changed.</Text>
  ) : (
    <>
      <Text>The metadata was applied. This changed:</Text>
      <DataTable label="What changed" rows={differences} columns={columns} idOf={({ label }) => label} />
    </>
  );

const ACT = 'Apply metadata';

interface Props {
  readonly id: string;
  /** The settings when it was opened. */
  readonly before: Sso;
  readonly onApplied: () => void;
  readonly onClose: () => void;
}

function useUpload({ before, id, onApplied }: Props) {
  const [settings] = useState(before);
  return useSaving({
    act: ACT,
    save: async (file: File) => {
      const { value } = await applyMetadata(id, await file.text());
      return differencesOf(settings, value);
    },
    onSavedElsewhere: () => notify('The metadata of the service provider was applied.'),
    goOn: onApplied,
  });
}

export function MetadataUpload(props: Props) {
  const { onClose } = props;
  const [file, setFile] = useState<File | null>(null);
  const upload = useUpload(props);
  return (
    <EntryDialog
      opened
      onClose={onClose}
      title="Upload the service provider’s metadata"
      size={upload.data === undefined ? 'lg' : 'xl'}
      filled={file !== null && upload.data === undefined}
      lost="The file that you chose is not applied yet."
    >
      <Stack aria-live="polite">
        {upload.data === undefined ? (
          <>
            <FileField
              label="Metadata file"
              description="XML. What it says replaces what is set here; what it says nothing of stays. What you typed and did not save is lost."
              placeholder="Choose a file"
              accept=".xml,application/xml,text/xml,application/samlmetadata+xml"
              value={file}
              onChange={setFile}
            />
            {upload.error && <Notice tone="bad">{asProblem(upload.error).message}</Notice>}
            <DialogButtons>
              <Cancel />
              <Button
                disabled={file === null}
                loading={upload.isPending}
                onClick={() => file !== null && upload.mutate(file)}
              >
                {ACT}
              </Button>
            </DialogButtons>
          </>
        ) : (
          <>
            <Changed differences={upload.data} />
            <DialogButtons>
              <Button onClick={onClose}>Done</Button>
            </DialogButtons>
          </>
        )}
      </Stack>
    </EntryDialog>
  );
}
