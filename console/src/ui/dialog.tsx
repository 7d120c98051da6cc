/** A modal after which the focus is where it was: the library's own forgets that where it is there only while it is open. */
import { Modal, type ModalProps } from '@mantine/core';
import { useFocusBack } from './focus-back';

interface Props extends ModalProps {
  /** Where it was asked for, where that is gone by the time that it opens. */
  readonly from?: Element | null;
}

export function Dialog({ from = null, ...modal }: Props) {
  useFocusBack(modal.opened, from);
  return <Modal {...modal} returnFocus={false} />;
}
