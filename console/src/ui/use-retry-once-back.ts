/** What failed because the server was not there is tried again by itself once it is. */
import { useEffect, useEffectEvent } from 'react';
import { isPassing, type ApiProblem } from '../api/problem';
import { reachServer } from '../api/reach';

const LOOK_MS = 5000;

/** What asks for too much comes to the same again: the server was there, and took too long for it. */
const TOOK_TOO_LONG = 504;

/**
 * Looks whether the server answers, and calls `retry` once it does after it did not. What failed while the server was there, or
 * for another reason, waits for whoever looks at it.
 */
export function useRetryOnceBack(problem: ApiProblem, retry: (() => void) | undefined): void {
  const again = useEffectEvent(() => retry?.());
  const waits = isPassing(problem) && problem.status !== TOOK_TOO_LONG && retry !== undefined;
  useEffect(() => {
    if (!waits) return;
    let over = false;
    let wasAway = false;
    const onThere = (): void => {
      if (over || !wasAway) return;
      wasAway = false;
      again();
    };
    const onAway = (): void => {
      wasAway = true;
    };
    const look = (): void => {
      if (!document.hidden) void reachServer().then(onThere, onAway);
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    window.addEventListener('online', look);
    return () => {
      over = true;
      clearInterval(timer);
      window.removeEventListener('online', look);
    };
  }, [waits]);
}
