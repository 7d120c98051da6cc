import { ActionIcon, Button, Group, Input, Stack, Text, Textarea, TextInput } from '@mantine/core';
import IconX from '@tabler/icons-react/icons/IconX';
import type { SsoForm } from './part';

interface Props {
  readonly form: SsoForm;
  /** Where the list is in the form. */
  readonly path: 'acsUrls' | 'spCertificates.signing';
  readonly texts: readonly string[];
  readonly label: string;
  readonly description?: string;
  /** One of them: `ACS URL`. */
  readonly noun: string;
  /** For what has several lines, such as a certificate. */
  readonly lines?: number;
}

/** A list of texts, one field each. */
export function TextRows({ description, form, label, lines = 1, noun, path, texts }: Props) {
  const Field = lines === 1 ? TextInput : Textarea;
  return (
    <Input.Wrapper label={label} labelElement="div" {...(description !== undefined && { description })}>
      <Stack gap="xs" mt={4}>
        {texts.map((_text, index) => (
          <Group key={index} gap="xs" wrap="nowrap" align="start">
            <Field
              aria-label={`${noun} ${index + 1}`}
              flex={1}
              {...(lines > 1 && { rows: lines })}
              {...form.getInputProps(`${path}.${index}`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove ${noun} ${index + 1}`}
              onClick={() => form.removeListItem(path, index)}
            >
              <IconX size={17} />
            </ActionIcon>
          </Group>
        ))}
        {form.errors[path] && (
          <Text c="error" size="sm">
            {form.errors[path]}
          </Text>
        )}
        <Button
          variant="subtle"
          size="xs"
          style={{ alignSelf: 'start' }}
          onClick={() => form.insertListItem(path, '')}
        >
          Add {noun}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
