/** Correcting what an import makes of somebody, before it or after it failed. */
import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { FieldError } from '../../../api/problem';
import { Editor } from '../../../ui/editor';
import { capital } from '../../../ui/words';
import { changeOf, LABELS, valuesOf, type Person, type PersonChange, type PersonValues } from './person-form';

interface Props {
  readonly title: string;
  readonly about: string;
  /** What the button says. */
  readonly act: string;
  /** What is proposed, or was tried. */
  readonly proposed: Person;
  /** With what was corrected before. */
  readonly person: Person;
  /** What was wrong with it. */
  readonly errors?: readonly FieldError[];
  readonly save: (change: PersonChange) => Promise<void>;
  readonly onClose: () => void;
}

export function PersonEditor({ about, act, errors = [], onClose, person, proposed, save, title }: Props) {
  const form = useForm<PersonValues>({
    initialValues: valuesOf(person),
    initialErrors: Object.fromEntries(errors.map(({ message, path }) => [path, capital(message)])),
  });
  return (
    <Editor
      title={title}
      act={act}
      form={form}
      save={(values) => save(changeOf(proposed, values))}
      onClose={onClose}
    >
      <Stack>
        <Text c="dimmed">{about}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={LABELS.firstname}
            data-autofocus
            autoComplete="off"
            {...form.getInputProps('firstname')}
          />
          <TextInput label={LABELS.lastname} autoComplete="off" {...form.getInputProps('lastname')} />
          <TextInput label={LABELS.displayname} autoComplete="off" {...form.getInputProps('displayname')} />
          <TextInput label={LABELS.username} autoComplete="off" {...form.getInputProps('username')} />
          <TextInput label={LABELS.email} type="email" autoComplete="off" {...form.getInputProps('email')} />
        </SimpleGrid>
      </Stack>
    </Editor>
  );
}
