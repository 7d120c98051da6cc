/** What a row of a list opens to, beside the list: one record, with all that is known of it. */
import { Drawer, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props<T> {
  /** What it is, above: `Operation`. */
  readonly title: string;
  /** Null where none is opened. */
  readonly record: (T & { readonly sentence: string }) | null;
  readonly onClose: () => void;
  /** Below what the record says of itself. */
  readonly children: (record: T) => ReactNode;
}

export const RecordDrawer = <T,>({ title, record, onClose, children }: Props<T>) => (
  <Drawer opened={record !== null} onClose={onClose} position="right" size="lg" title={title}>
    {record && (
      <Stack>
        <Text fw={500} fz="lg">
          {record.sentence}
        </Text>
        {children(record)}
      </Stack>
    )}
  </Drawer>
);
