/** A form in a modal that saves one record: errors at their fields, somebody else's change shown, nothing lost. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isConflict } from '../api/problem';
import { Conflict, type Newest } from './conflict';
import { formFault } from './form-errors';
import { Notice } from './notice';

interface Props<V extends object, R> {
  readonly opened: boolean;
  readonly title: string;
  /** What the button says: `Create user`. */
  readonly act: string;
  readonly form: UseFormReturnType<V>;
  /** Sends what the form holds; what it throws is shown. */
  readonly save: (values: V) => Promise<R>;
  readonly onSaved: (result: R) => void;
  readonly onClose: () => void;
  /** Where the record may have been changed by somebody else (412): reads it as it is now. */
  readonly readNewest?: () => Promise<Newest<V>>;
  readonly children: ReactNode;
}

function useSaving<V extends object, R>({ form, save, onSaved }: Props<V, R>) {
  return useMutation({
    mutationFn: save,
    onSuccess: onSaved,
    onError: (error) => form.setErrors({ ...formFault(error, Object.keys(form.values)).fields }),
  });
}

function EditorForm<V extends object, R>(props: Props<V, R>) {
  const { act, form, onClose, readNewest, children } = props;
  const saving = useSaving(props);
  const conflict = isConflict(saving.error) && readNewest !== undefined;
  const message = saving.error && formFault(saving.error, Object.keys(form.values)).message;
  return (
    <form onSubmit={form.onSubmit((values) => saving.mutate(values))} noValidate>
      <Stack>
        {conflict && <Conflict form={form} readNewest={readNewest} onLoaded={saving.reset} />}
        {!conflict && message && <Notice tone="bad">{message}</Notice>}
        {children}
        <Group justify="end" gap="sm" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={conflict}>
            {act}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Editor<V extends object, R>(props: Props<V, R>) {
  const { opened, title, onClose } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={!props.form.isDirty()}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <EditorForm {...props} />
    </Modal>
  );
}
