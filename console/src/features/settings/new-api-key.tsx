/** Making an API key, which is shown this once. */
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { CopyField } from '../../ui/copy-field';
import { Dialog } from '../../ui/dialog';
import { DialogButtons } from '../../ui/dialog-buttons';
import { Editor } from '../../ui/editor';
import { notifyFailure } from '../../ui/notify';
import { Unsaved } from '../../ui/unsaved';
import { makeApiKey, type Role } from './queries';
import { RoleChoice } from './role-choice';

interface KeyValues {
  readonly name: string;
  readonly role: Role;
  /** A day, `2027-01-31`, or empty. */
  readonly expiresAt: string;
}

const save = ({ expiresAt, ...rest }: KeyValues) =>
  makeApiKey({ ...rest, expiresAt: expiresAt === '' ? null : `${expiresAt}T00:00:00Z` });

interface Props {
  readonly onClose: () => void;
}

const MadeKey = ({ value, onClose }: Props & { readonly value: string }) => (
  <Dialog
    opened
    onClose={onClose}
    title="The new API key"
    closeOnClickOutside={false}
    closeOnEscape={false}
    withCloseButton={false}
  >
    <Stack>
      <Text>Copy it now: only a hash of it is kept, and it is not shown again.</Text>
      <CopyField label="API key" value={value} />
      <Unsaved act="Leave without the key">Copy it first: the key is not shown again.</Unsaved>
      <DialogButtons>
        <Button onClick={onClose}>I have copied it</Button>
      </DialogButtons>
    </Stack>
  </Dialog>
);

export function NewApiKey({ onClose }: Props) {
  const [made, setMade] = useState<string | null>(null);
  const form = useForm<KeyValues>({ initialValues: { name: '', role: 'read-only', expiresAt: '' } });
  if (made !== null) return <MadeKey value={made} onClose={onClose} />;
  return (
    <Editor
      title="Make an API key"
      act="Make key"
      form={form}
      save={save}
      onSavedElsewhere={({ name }) =>
        notifyFailure(`The key ${name} was made, but was not shown to you. End it, and make another one.`)
      }
      goOn={({ key }) => setMade(key)}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="What it is for, so that whoever finds it in the list knows."
        required
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <RoleChoice {...form.getInputProps('role')} />
      <TextInput
        type="date"
        label="Ends"
        description="At the beginning of that day (UTC). Leave it empty for a key that does not end by itself."
        {...form.getInputProps('expiresAt')}
      />
    </Editor>
  );
}
