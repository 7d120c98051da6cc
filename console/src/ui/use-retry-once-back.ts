/** What failed because the server was not there is tried again by itself once it is. */
import { useEffect, useEffectEvent } from 'react';
import { isPassing, type ApiProblem } from '../api/problem';
import { reachServer } from '../api/reach';

const LOOK_MS = 5000;

/** Looks whether the server answers, and calls `retry` then. What failed for another reason waits for whoever looks at it. */
export function useRetryOnceBack(problem: ApiProblem, retry: (() => void) | undefined): void {
  const again = useEffectEvent(() => retry?.());
  const waits = isPassing(problem) && retry !== undefined;
  useEffect(() => {
    if (!waits) return;
    let over = false;
    const look = (): void => {
      if (document.hidden) return;
      void reachServer().then(
        () => {
          if (!over) again();
        },
        () => undefined,
      );
    };
    const timer = setInterval(look, LOOK_MS);
    window.addEventListener('online', look);
    return () => {
      over = true;
      clearInterval(timer);
      window.removeEventListener('online', look);
    };
  }, [waits]);
}
