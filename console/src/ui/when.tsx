/** A time for people, "3 minutes ago"; the full time shows on hover. */
import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { fullTime, relativeTime } from './time';

const TICK_MS = 30_000;

function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

interface Props {
  /** ISO 8601, as the API gives it; null where it never happened. */
  readonly at: string | null;
  /** Instead of a time that is null. */
  readonly never?: string;
}

export function When({ at, never = 'Never' }: Props) {
  const now = useNow();
  if (at === null) return <span>{never}</span>;
  const date = new Date(at);
  return (
    <Tooltip label={fullTime(date)}>
      <time dateTime={at}>{relativeTime(date, now)}</time>
    </Tooltip>
  );
}
