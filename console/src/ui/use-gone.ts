/** Whether what began something is on the page no more by the time that it is done. */
import { useEffect, useRef, type RefObject } from 'react';

/** `.current` is true once the part of the page that calls this is gone. */
export function useGone(): Readonly<RefObject<boolean>> {
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
    },
    [],
  );
  return gone;
}
