/** Choosing some of many, in a modal: search, tick, and do something with them. */
import { Button, Stack } from '@mantine/core';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { DialogButtons } from './dialog-buttons';
import { Cancel, EntryDialog } from './entry-dialog';
import { Notice } from './notice';
import classes from './picker.module.css';
import { ServerTable } from './server-table';
import { useSaving } from './use-saving';

type TableProps<T> = Omit<ComponentProps<typeof ServerTable<T>>, 'selection' | 'selected'>;

interface Props<T> extends TableProps<T> {
  readonly title: string;
  /** What the button says: `(number) => `Add ${count(number, 'member')}``. */
  readonly act: (number: number) => string;
  /** What picking these would do, shown before it is done. */
  readonly consequences?: (ids: readonly string[]) => ReactNode;
  /** Does it, and tells what came of it. */
  readonly pick: (ids: readonly string[]) => Promise<void>;
  readonly onClose: () => void;
}

export function Picker<T>({ title, act, consequences, pick, onClose, ...table }: Props<T>) {
  const [ids, change] = useState<ReadonlySet<string>>(new Set());
  const picking = useSaving({ act: act(ids.size), save: () => pick([...ids]), goOn: onClose });
  return (
    <EntryDialog
      opened
      onClose={onClose}
      title={title}
      size="xl"
      filled={ids.size > 0}
      lost="What you ticked is not saved, and would be lost."
    >
      <Stack>
        <ServerTable {...table} selection={{ ids, change }} />
        <Stack gap="sm" className={classes.foot}>
          {consequences && ids.size > 0 && <div role="status">{consequences([...ids])}</div>}
          {picking.error && <Notice tone="bad">{asProblem(picking.error).message}</Notice>}
          <DialogButtons>
            <Cancel />
            <Button disabled={ids.size === 0} loading={picking.isPending} onClick={() => picking.mutate()}>
              {act(ids.size)}
            </Button>
          </DialogButtons>
        </Stack>
      </Stack>
    </EntryDialog>
  );
}
