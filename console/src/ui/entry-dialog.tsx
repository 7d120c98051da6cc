/** A dialog in which something is entered: once something is, it goes by a button only, and whoever leaves its page is asked first. */
import type { ModalProps } from '@mantine/core';
import { useIsMutating } from '@tanstack/react-query';
import { Dialog } from './dialog';
import { Unsaved } from './unsaved';

interface Props extends ModalProps {
  /** Whether something is entered that would be lost. */
  readonly filled: boolean;
  /** What would be lost, for those who are asked. */
  readonly lost: string;
}

export function EntryDialog({ filled, lost, children, ...modal }: Props) {
  // While it is being saved, it is safe.
  const isSaving = useIsMutating() > 0;
  const holds = filled && !isSaving;
  return (
    <Dialog {...modal} closeOnClickOutside={!holds} closeOnEscape={!holds}>
      {holds && <Unsaved>{lost}</Unsaved>}
      {children}
    </Dialog>
  );
}
