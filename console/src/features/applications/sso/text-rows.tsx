/** A list of texts in a form, one field each. */
import { Group, Input, Textarea, TextInput } from '@mantine/core';
import { FormRows, RemoveRow } from '../../../ui/form-rows';
import type { SsoForm } from './part';

interface Props {
  readonly form: SsoForm;
  /** Where the list is in the form. */
  readonly path: 'acsUrls' | 'spCertificates.signing';
  readonly texts: readonly string[];
  readonly label: string;
  readonly description?: string;
  /** What one may look like. */
  readonly example?: string;
  /** One of them: `ACS URL`. */
  readonly noun: string;
  /** For what has several lines, such as a certificate. */
  readonly lines?: number;
}

export function TextRows({ description, example, form, label, lines = 1, noun, path, texts }: Props) {
  const Field = lines === 1 ? TextInput : Textarea;
  return (
    <Input.Wrapper label={label} labelElement="div" {...(description !== undefined && { description })}>
      <FormRows add={`Add ${noun}`} onAdd={() => form.insertListItem(path, '')} error={form.errors[path]}>
        {texts.map((_text, index) => (
          <Group key={index} gap="xs" wrap="nowrap" align="start">
            <Field
              aria-label={`${noun} ${index + 1}`}
              flex={1}
              {...(example !== undefined && { placeholder: example })}
              {...(lines > 1 && { rows: lines })}
              {...form.getInputProps(`${path}.${index}`)}
            />
            <RemoveRow about={`${noun} ${index + 1}`} onRemove={() => form.removeListItem(path, index)} />
          </Group>
        ))}
      </FormRows>
    </Input.Wrapper>
  );
}
