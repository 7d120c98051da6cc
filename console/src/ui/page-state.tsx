/** What stands where content will be, cannot be, or is none: each with its own words and a next step. */
import { Anchor, Button, Loader, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { asProblem, isMissing, type ApiProblem } from '../api/problem';
import { PageHeader } from './page-header';
import classes from './page-state.module.css';
import { useRetryOnceBack } from './use-retry-once-back';

const LONG_MS = 10_000;

function useLong(): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return long;
}

/** Grey lines; after ten seconds it says that this takes long, and offers to try again. */
export function Loading({ lines = 4, retry }: { readonly lines?: number; readonly retry?: () => void }) {
  const long = useLong();
  return (
    <div role="status" aria-label="Loading">
      <Stack gap="md">
        {long && (
          <div className={classes.long}>
            <Text>This takes longer than usual.</Text>
            {retry && (
              <Button variant="default" size="xs" onClick={retry}>
                Try again
              </Button>
            )}
          </div>
        )}
        {Array.from({ length: lines }, (_line, index) => (
          <Skeleton key={index} height={22} radius="sm" width={`${100 - ((index * 17) % 45)}%`} />
        ))}
      </Stack>
    </div>
  );
}

/** A page whose code is on its way. */
export const PageLoading = () => <Loading retry={() => window.location.reload()} />;

interface EmptyProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The next step. */
  readonly action?: ReactNode;
}

/** There is nothing here, and that is not a fault. */
export const Empty = ({ title, children, action }: EmptyProps) => (
  <div className={classes.empty}>
    <p className={classes.title}>{title}</p>
    {children !== undefined && <div className={classes.text}>{children}</div>}
    {action && <div className={classes.action}>{action}</div>}
  </div>
);

interface FailedProps {
  readonly error: unknown;
  /** The heading where what was asked for cannot be used: the server's speaks of a request. */
  readonly title?: string;
  readonly retry?: () => void;
  /** It is being tried again: what is shown stays, and so does the focus. */
  readonly busy?: boolean;
  /** Only whoever looks at it tries it again, such as where a file is sent with it. */
  readonly byHand?: boolean;
  /** The next step where trying again would come to the same. */
  readonly instead?: ReactNode;
}

/** What was asked for is wrong, is not there, or is not for this role: trying again comes to the same. */
const isFinal = ({ status }: ApiProblem): boolean => [400, 403, 404].includes(status);

/** It could not be loaded: in the server's words. */
export function Failed({ error, title, retry, busy = false, byHand = false, instead }: FailedProps) {
  const problem = asProblem(error);
  useRetryOnceBack(problem, byHand ? undefined : retry);
  const again = retry && (
    <Button variant="default" onClick={retry} leftSection={busy && <Loader size={14} />}>
      Try again
    </Button>
  );
  const action = isFinal(problem) ? instead : again;
  return (
    <div className={classes.empty} role="alert">
      <p className={classes.title}>{problem.status === 400 ? (title ?? problem.title) : problem.title}</p>
      <div className={classes.text}>{problem.message}</div>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

/** What a query failed with last, also while it is tried again; null where it did not, or has something to show. */
export function useFailure({ data, error, errorUpdateCount }: UseQueryResult): Error | null {
  const [last, setLast] = useState(error);
  if (error !== null && error !== last) setLast(error);
  return data !== undefined || errorUpdateCount === 0 ? null : (error ?? last);
}

interface ShownProps<T> {
  readonly query: UseQueryResult<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** What a query answered, or that it is on its way, or why it failed. What was read before stays while it is read again. */
export function Shown<T>({ query, lines, children }: ShownProps<T>) {
  const failure = useFailure(query);
  const retry = () => void query.refetch();
  if (query.data !== undefined) return children(query.data);
  if (failure !== null) return <Failed error={failure} retry={retry} busy={query.isFetching} />;
  return <Loading retry={retry} {...(lines !== undefined && { lines })} />;
}

/** The heading of a page that failed: the words below it say why. */
export const NOT_SHOWN = 'This page cannot be shown';

/** What a page is of, and where all of its kind are. */
const LISTS = {
  user: { to: '/users', label: 'Users' },
  group: { to: '/groups', label: 'User Groups' },
  application: { to: '/applications', label: 'SSO Applications' },
} as const;

interface ShownPageProps<T> extends ShownProps<T> {
  readonly noun: keyof typeof LISTS;
}

/** A record that was deleted, or an address that was never one's. */
const Missing = ({ noun }: Pick<ShownPageProps<unknown>, 'noun'>) => (
  <>
    <PageHeader title={`There is no such ${noun}`} />
    <Empty
      title="Nothing stands at this address"
      action={
        <Anchor component={Link} to={LISTS[noun].to}>
          To {LISTS[noun].label}
        </Anchor>
      }
    >
      The {noun} may have been deleted, or the address was cut off on its way.
    </Empty>
  </>
);

/** The same for a whole page, which has its heading also where it failed or its record is missing: also one that was deleted while its page is open. */
export function ShownPage<T>({ query, noun, children }: ShownPageProps<T>) {
  const failure = useFailure(query);
  if (isMissing(query.error) || isMissing(failure)) return <Missing noun={noun} />;
  return (
    <>
      {failure !== null && <PageHeader title={NOT_SHOWN} />}
      <Shown query={query}>{children}</Shown>
    </>
  );
}
