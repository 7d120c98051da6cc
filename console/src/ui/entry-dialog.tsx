/** A dialog in which something is entered: once something is, whoever closes it, or leaves its page, is asked first. */
import { Button, type ModalProps } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useIsMutating } from '@tanstack/react-query';
import { createContext, use, useRef, useState, type RefObject } from 'react';
import { Dialog } from './dialog';
import { Question, Unsaved } from './unsaved';

interface Props extends ModalProps {
  /** Whether something is entered that would be lost. */
  readonly filled: boolean;
  /** What would be lost, for those who are asked. */
  readonly lost: string;
}

const Closing = createContext<() => void>(() => undefined);

/** Gives up what was entered in the dialog that it stands in. */
export const Cancel = () => (
  <Button variant="default" onClick={use(Closing)}>
    Cancel
  </Button>
);

/** Whether a key was pressed in this dialog, and neither in a list that it opened nor in a question over it. */
function isPressedIn(dialog: HTMLElement | null, { target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || target.dataset.mantineStopPropagation === 'true') return false;
  if (target === document.body) return document.querySelectorAll('[role=dialog]').length === 1;
  return dialog?.contains(target) ?? false;
}

/** The library's own closes every dialog that is open, and not the one that is in front. */
function useEscape(dialog: RefObject<HTMLElement | null>, close: (() => void) | null): void {
  useWindowEvent(
    'keydown',
    (event) => {
      if (close === null || event.key !== 'Escape' || event.isComposing) return;
      if (!isPressedIn(dialog.current, event)) return;
      // The question that it opens would take the same key for its answer.
      event.stopImmediatePropagation();
      close();
    },
    { capture: true },
  );
}

export function EntryDialog({ filled, lost, onClose, children, ...modal }: Props) {
  // While it is being saved, it is safe.
  const isSaving = useIsMutating() > 0;
  const holds = filled && !isSaving;
  const [asked, setAsked] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const stay = () => setAsked(false);
  const close = holds ? () => setAsked(true) : onClose;
  useEscape(root, holds ? close : null);
  return (
    <Dialog {...modal} ref={root} onClose={close} closeOnEscape={!holds}>
      {holds && <Unsaved>{lost}</Unsaved>}
      <Question
        title="Close without saving?"
        act="Close without saving"
        stay={asked && holds ? stay : undefined}
        leave={onClose}
      >
        {lost}
      </Question>
      <Closing value={close}>{children}</Closing>
    </Dialog>
  );
}
