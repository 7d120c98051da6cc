/** Some fields of the form that belong together, and how choices are written in them. */
import { Fieldset, Stack, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import type { SsoValues } from './sso-form';

export type SsoForm = UseFormReturnType<SsoValues>;

interface Props {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

/** Some fields of the form that belong together. */
export const Part = ({ about, children, title }: Props) => (
  <Fieldset
    variant="unstyled"
    mt="md"
    mx={0}
    styles={{ legend: { paddingInline: 0 } }}
    legend={<Text fw={650}>{title}</Text>}
  >
    <Stack gap="md" mt={4}>
      {about !== undefined && (
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      )}
      {children}
    </Stack>
  </Fieldset>
);

/** Choices and their words, as a select takes them. */
export const choicesOf = <K extends string>(words: Readonly<Record<K, string>>) =>
  Object.entries<string>(words).map(([value, label]) => ({ value, label }));
