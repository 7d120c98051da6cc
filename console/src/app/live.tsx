/** Whether what is on the screen follows what happens. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { stream } from '../api/stream';
import classes from './shell.module.css';

/** A connection that is made again within this time is nothing to speak of. */
const GRACE_MS = 3000;

function useLostForLong(): boolean {
  const lost = useSyncExternalStore(stream.watch, stream.liveness) === 'reconnecting';
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!lost) return;
    const timer = setTimeout(() => setLong(true), GRACE_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [lost]);
  return long;
}

export function Live() {
  const lost = useLostForLong();
  return (
    <span role="status" className={classes.live} data-lost={lost || undefined}>
      {lost ? 'Reconnecting …' : 'Live'}
    </span>
  );
}
