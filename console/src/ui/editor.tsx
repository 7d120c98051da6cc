/** A form that saves one record, in a modal or in a page: errors at their fields, somebody else's change shown, nothing lost. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isConflict } from '../api/problem';
import { Conflict, type Newest } from './conflict';
import { formFault, pathsOf } from './form-errors';
import { Notice } from './notice';

interface FormProps<V extends object, R> {
  /** What the button says: `Create user`. */
  readonly act: string;
  readonly form: UseFormReturnType<V>;
  /** Sends what the form holds; what it throws is shown. */
  readonly save: (values: V) => Promise<R>;
  readonly onSaved: (result: R) => void;
  readonly onClose: () => void;
  /** What the button that saves nothing says; `Cancel` unless given. */
  readonly cancel?: string;
  /** Where the record may have been changed by somebody else (412): reads it as it is now. */
  readonly readNewest?: () => Promise<Newest<V>>;
  readonly children: ReactNode;
}

interface Props<V extends object, R> extends FormProps<V, R> {
  readonly opened: boolean;
  readonly title: string;
}

function useSaving<V extends object, R>({ form, save, onSaved }: FormProps<V, R>) {
  return useMutation({
    mutationFn: save,
    onSuccess: onSaved,
    onError: (error) => form.setErrors({ ...formFault(error, pathsOf(form.values)).fields }),
  });
}

/** The form alone, for a page. */
export function EditorForm<V extends object, R>(props: FormProps<V, R>) {
  const { act, cancel = 'Cancel', form, onClose, readNewest, children } = props;
  const saving = useSaving(props);
  const conflict = isConflict(saving.error) && readNewest !== undefined;
  const message = saving.error && formFault(saving.error, pathsOf(form.values)).message;
  return (
    <form onSubmit={form.onSubmit((values) => saving.mutate(values))} noValidate>
      <Stack>
        {conflict && <Conflict form={form} readNewest={readNewest} onLoaded={saving.reset} />}
        {!conflict && message && <Notice tone="bad">{message}</Notice>}
        {children}
        <Group justify="end" gap="sm" mt="xs">
          <Button variant="default" onClick={onClose}>
            {cancel}
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
