/** Which CSV is imported, and what becomes of rows whose user exists already. */
import { Radio, Stack } from '@mantine/core';
import { FileField } from '../../../ui/file-field';
import type { Import } from '../queries';

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

export const Choice = ({ file, existing, chooseFile, chooseExisting }: ChoiceProps) => (
  <Stack maw={560}>
    <FileField
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
