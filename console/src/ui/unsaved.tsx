/** Leaving a page with something on it that is not saved, or not yet. */
import { Button, Modal, Stack } from '@mantine/core';
import type { MutationStatus } from '@tanstack/react-query';
import { useBlocker, type ShouldBlockFn } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { DialogButtons } from './dialog-buttons';
import { LAYERS } from './layers';

/** Another page of a list, or another search, is no other page. */
const isElsewhere: ShouldBlockFn = ({ current, next }) => current.pathname !== next.pathname;

const nowhere: ShouldBlockFn = () => false;

interface QuestionProps {
  readonly title: string;
  /** What the button says that leaves. */
  readonly act: string;
  /** Answer the question; there are none while nobody is asked. */
  readonly stay: (() => void) | undefined;
  readonly leave: (() => void) | undefined;
  readonly children: ReactNode;
}

/** Asks whoever would lose something, wherever they go. */
export const Question = ({ title, act, stay, leave, children }: QuestionProps) => (
  <Modal
    opened={stay !== undefined}
    onClose={() => stay?.()}
    title={title}
    // It may stand over the dialog that is left, and a page has one banner.
    zIndex={LAYERS.leaving}
    attributes={{ header: { role: 'presentation' } }}
  >
    <Stack>
      <div>{children}</div>
      <DialogButtons>
        <Button variant="default" onClick={stay} data-autofocus>
          Stay
        </Button>
        <Button color="red" onClick={leave}>
          {act}
        </Button>
      </DialogButtons>
    </Stack>
  </Modal>
);

interface UnsavedProps {
  /** What leaving would be, where it is not without saving: `Leave without the key`. */
  readonly act?: string;
  readonly children: ReactNode;
}

/**
 * While it is rendered, whoever goes to another page is asked first, with what would be lost, also by the browser's Back.
 * Where the tab is closed or loaded again, the browser asks, in words of its own.
 */
export function Unsaved({ act = 'Leave without saving', children }: UnsavedProps) {
  const { proceed, reset } = useBlocker({ shouldBlockFn: isElsewhere, withResolver: true });
  return (
    <Question title={`${act}?`} act={act} stay={reset} leave={proceed}>
      {children}
    </Question>
  );
}

interface SavingProps {
  /** How the save stands. */
  readonly status: MutationStatus;
  /** A dialog is closed and not left: only the browser asks, where the tab is. */
  readonly inPage: boolean;
}

/**
 * While a save runs, whoever goes to another page waits until it is done, and stays where it fails; the question that is asked
 * meanwhile is for those who will not wait.
 */
export function Saving({ status, inPage }: SavingProps) {
  const { proceed, reset } = useBlocker({
    shouldBlockFn: inPage ? isElsewhere : nowhere,
    disabled: status !== 'pending',
    withResolver: true,
  });
  useEffect(() => {
    if (status === 'success') proceed?.();
    if (status === 'error') reset?.();
  }, [status, proceed, reset]);
  // A form that began something is gone once that is there, which may be before the save has said that it is done.
  useEffect(() => proceed, [proceed]);
  return (
    <Question
      title="Leave while this is being saved?"
      act="Leave without waiting"
      stay={reset}
      leave={proceed}
    >
      It may still be refused. Once it is saved, the page that you chose opens by itself; if it is refused,
      you stay here and see why.
    </Question>
  );
}
