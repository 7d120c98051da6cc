/** That the application asked to wait before it is asked again (R44): nothing is wrong, and nothing happens meanwhile. */
import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../ui/notice';
import { clockTime } from '../../ui/time';
import { useNow } from '../../ui/use-now';
import { statusQuery, type Application } from './queries';

export function AskedToWait({ application: { id, label } }: { readonly application: Application }) {
  const until = useQuery(statusQuery(id)).data?.waitUntil ?? null;
  const now = useNow();
  if (until === null || new Date(until) <= now) return null;
  return (
    <Notice tone="info">
      {label} asked to wait until <time dateTime={until}>{clockTime(new Date(until))}</time>. Nothing is lost:
      what is pending is sent after that, leavers first.
    </Notice>
  );
}
