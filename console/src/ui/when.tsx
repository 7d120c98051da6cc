/** A time for people, "3 minutes ago"; the full time shows on hover. */
import { Tooltip } from '@mantine/core';
import { fullTime, relativeTime } from './time';
import { useNow } from './use-now';

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
