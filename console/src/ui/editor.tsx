/** A form that saves one record, in a modal or as a part of a page: errors at their fields, somebody else's change shown, nothing lost. */
import { Button, Group, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { isConflict } from '../api/problem';
import { useConfirm, type Question } from './confirm';
import { Conflict, type Newest } from './conflict';
import { DialogButtons } from './dialog-buttons';
import { Cancel, EntryDialog } from './entry-dialog';
import classes from './editor.module.css';
import { useFirstError } from './first-error';
import { formFault } from './form-errors';
import { Notice } from './notice';
import { Saving, Unsaved } from './unsaved';
import { useSaving } from './use-saving';

interface FormProps<V extends object, R> {
  /** What the button says: `Create user`. */
  readonly act: string;
  readonly form: UseFormReturnType<V>;
  /** Sends what the form holds; what it throws is shown. */
  readonly save: (values: V) => Promise<R>;
  /** Tells what was saved, wherever whoever saved it is by then. */
  readonly onSaved?: (result: R) => void;
  /** Tells it only where they are elsewhere by then. */
  readonly onSavedElsewhere?: (result: R) => void;
  /** What comes next while the form is still on the page; a dialog closes, unless told otherwise. */
  readonly goOn?: (result: R) => void;
  /** Gives up what was typed. */
  readonly onClose: () => void;
  /** Where the record may have been changed by somebody else (412): reads it as it is now. */
  readonly readNewest?: () => Promise<Newest<V>>;
  /** What to ask before it is sent, where there is something to ask. */
  readonly question?: (values: V) => Omit<Question, 'run'> | null;
  /**
   * A part of a page: `change`s what is there, with buttons once something was typed, or begins something `new`, with nothing to give up.
   */
  readonly inPage?: 'change' | 'new';
  readonly children: ReactNode;
}

interface Props<V extends object, R> extends FormProps<V, R> {
  readonly title: string;
}

function useSavedForm<V extends object, R>(props: FormProps<V, R>) {
  const { form, readNewest } = props;
  return useSaving({
    ...props,
    onFailed: (error) => form.setErrors({ ...formFault(error, form.values).fields }),
    // After a conflict that the form does not settle, the page shows what is there in the place of the form.
    isShown: (error) => !isConflict(error) || readNewest !== undefined,
  });
}

/** Sends a form, after a question where there is one. What is refused shows at the form, not at the question. */
function useSubmit<V extends object, R>(
  { question }: FormProps<V, R>,
  { mutate, mutateAsync }: ReturnType<typeof useSavedForm<V, R>>,
) {
  const confirm = useConfirm();
  return (values: V): void => {
    const asked = question?.(values) ?? null;
    if (asked === null) mutate(values);
    else confirm({ ...asked, run: () => mutateAsync(values).then(...SETTLED) });
  };
}

const SETTLED = [() => undefined, () => undefined] as const;

/** What would be lost, for those who leave. */
const CHANGED = 'What you changed in this form is not saved, and would be lost.';
const TYPED = 'What you typed is not saved, and would be lost.';

const PageButtons = ({ children }: { readonly children: ReactNode }) => (
  <Group gap="sm" mt="xs">
    {children}
  </Group>
);

const PendingButtons = ({ children }: { readonly children: ReactNode }) => (
  <Group gap="sm" className={classes.pending}>
    {children}
  </Group>
);

/** By what the form is. */
const BUTTONS = { dialog: DialogButtons, new: PageButtons, change: PendingButtons } as const;

/** The form alone, for a part of a page. */
export function EditorForm<V extends object, R>(props: FormProps<V, R>) {
  const { act, form, inPage, onClose, readNewest, children } = props;
  const saving = useSavedForm(props);
  const submit = useSubmit(props, saving);
  const conflict = isConflict(saving.error) && readNewest !== undefined;
  const Buttons = BUTTONS[inPage ?? 'dialog'];
  const { form: ref, refuse } = useFirstError(saving.error);
  const message = saving.error && formFault(saving.error, form.values).message;
  return (
    <form ref={ref} onSubmit={form.onSubmit(submit, refuse)} noValidate>
      <Stack>
        {conflict && <Conflict form={form} readNewest={readNewest} onLoaded={saving.reset} />}
        {!conflict && message && <Notice tone="bad">{message}</Notice>}
        {children}
        <Saving status={saving.status} inPage={inPage !== undefined} />
        {inPage !== undefined && form.isDirty() && !saving.isPending && (
          <Unsaved>{inPage === 'change' ? CHANGED : TYPED}</Unsaved>
        )}
        {(inPage !== 'change' || form.isDirty()) && (
          <Buttons>
            {inPage === undefined && <Cancel />}
            {inPage === 'change' && (
              <Button variant="default" onClick={onClose} disabled={saving.isPending}>
                Discard changes
              </Button>
            )}
            <Button type="submit" loading={saving.isPending} disabled={conflict}>
              {act}
            </Button>
          </Buttons>
        )}
      </Stack>
    </form>
  );
}

/** The form in a dialog, which is there while it is shown. */
export function Editor<V extends object, R>(props: Props<V, R>) {
  const { form, title, onClose, goOn = onClose } = props;
  return (
    <EntryDialog opened onClose={onClose} title={title} size="lg" filled={form.isDirty()} lost={TYPED}>
      <EditorForm {...props} goOn={goOn} />
    </EntryDialog>
  );
}
