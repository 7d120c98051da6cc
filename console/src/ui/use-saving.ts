/** Saving that goes on where the page is left. */
import { useMutation } from '@tanstack/react-query';
import { asProblem } from '../api/problem';
import { notifyFailure } from './notify';
import { useGone } from './use-gone';

interface Options<V, R> {
  /** What the button says: `Save changes`. */
  readonly act: string;
  readonly save: (values: V) => Promise<R>;
  /** Tells what was saved, wherever whoever saved it is by then. */
  readonly onSaved?: (result: R) => void;
  /** Tells them so where they are elsewhere by then, and what shows it is not on the page. */
  readonly onSavedElsewhere?: (result: R) => void;
  /** What comes next, unless they are elsewhere by then: a dialog closes, or what was made opens. */
  readonly goOn?: (result: R) => void;
  /** What comes of it where it fails, unless they are elsewhere by then. */
  readonly onFailed?: (error: Error) => void;
  /** Whether the page shows this where it was begun, as it does unless told otherwise. */
  readonly isShown?: (error: Error) => boolean;
}

const nothing = () => undefined;

/** A save as a mutation. What goes wrong with it and shows nowhere else is told in a corner of the page. */
export function useSaving<V, R>({
  act,
  save,
  onSaved = nothing,
  onSavedElsewhere = nothing,
  goOn = nothing,
  onFailed = nothing,
  isShown = () => true,
}: Options<V, R>) {
  const gone = useGone();
  return useMutation({
    mutationFn: save,
    onSuccess: (result) => {
      onSaved(result);
      if (gone.current) onSavedElsewhere(result);
      else goOn(result);
    },
    onError: (error) => {
      if (!gone.current) onFailed(error);
      if (gone.current || !isShown(error))
        notifyFailure(`“${act}” did not succeed. ${asProblem(error).message}`);
    },
  });
}
