/** Saving that goes on where the page is left. */
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { asProblem } from '../api/problem';
import { notifyFailure } from './notify';

interface Options<V, R> {
  /** What the button says: `Save changes`. */
  readonly act: string;
  readonly save: (values: V) => Promise<R>;
  readonly onSaved: (result: R) => void;
  readonly onFailed?: (error: Error) => void;
  /** Whether the page shows this where it was begun, as it does unless told otherwise. */
  readonly isShown?: (error: Error) => boolean;
}

/** Whether what asks is on the page no more. */
function useGone() {
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );
  return gone;
}

/** A save as a mutation. What goes wrong with it and shows nowhere else is told in a corner of the page. */
export function useSaving<V, R>({ act, save, onSaved, onFailed, isShown = () => true }: Options<V, R>) {
  const gone = useGone();
  return useMutation({
    mutationFn: save,
    onSuccess: onSaved,
    onError: (error) => {
      onFailed?.(error);
      if (gone.current || !isShown(error))
        notifyFailure(`“${act}” did not succeed. ${asProblem(error).message}`);
    },
  });
}
