/** A list within a form: rows that somebody adds and takes away, and what is wrong with the list as a whole. */
import { ActionIcon, Button, Input, Stack, Tooltip } from '@mantine/core';
import IconX from '@tabler/icons-react/icons/IconX';
import type { ReactNode } from 'react';

interface RowsProps {
  /** What the button says: `Add an attribute`. */
  readonly add: string;
  readonly onAdd: () => void;
  readonly error: ReactNode;
  readonly children: ReactNode;
}

export const FormRows = ({ add, onAdd, error, children }: RowsProps) => (
  <Stack gap="xs" mt={4}>
    {children}
    {error && <Input.Error>{error}</Input.Error>}
    <Button
      variant="default"
      size="xs"
      style={{ alignSelf: 'start' }}
      data-wrong={error ? true : undefined}
      onClick={onAdd}
    >
      {add}
    </Button>
  </Stack>
);

interface RemoveProps {
  /** Which one, for those who hear it: `attribute 2`. */
  readonly about: string;
  readonly onRemove: () => void;
}

/** At the end of a row: takes it away. */
export const RemoveRow = ({ about, onRemove }: RemoveProps) => (
  <Tooltip label="Remove">
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      size="lg"
      aria-label={`Remove ${about}`}
      onClick={onRemove}
    >
      <IconX size={17} />
    </ActionIcon>
  </Tooltip>
);
