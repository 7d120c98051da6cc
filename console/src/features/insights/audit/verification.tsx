/** Whether the audit trail is whole: nothing in it was changed or taken away. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { asProblem } from '../../../api/problem';
import { Notice } from '../../../ui/notice';
import { count } from '../../../ui/words';
import { verificationQuery } from './queries';

export function useVerification() {
  const { data, error, isFetching, refetch } = useQuery(verificationQuery);
  const button = (
    <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
      Verify the trail
    </Button>
  );
  return { button, result: <Result data={data} error={error} /> };
}

type Verified = Awaited<ReturnType<NonNullable<Exclude<typeof verificationQuery.queryFn, symbol>>>>;

function Result({ data, error }: { readonly data: Verified | undefined; readonly error: Error | null }) {
  if (error !== null) return <Notice tone="bad">{asProblem(error).message}</Notice>;
  if (data === undefined) return null;
  if (data.whole)
    return (
      <div role="status">
        <Notice tone="info">The trail is whole: {count(data.entries, 'entry', 'entries')}.</Notice>
      </div>
    );
  return (
    <Notice tone="bad" title="The trail is not whole">
      {data.broken} {count(data.entries, 'entry', 'entries')} before it fit. Compare with a backup of the
      database.
    </Notice>
  );
}
