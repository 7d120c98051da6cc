/** The cache of what the server said. Keys begin with the noun: `['users', …]`, `['applications', id, …]`. */
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { isConflict, isMissing, isPassing } from './problem';

const TRIES = 2;

/** Whoever tries once more after a conflict changes the record as it is by then, and sees where it is gone. */
function readAgainAfter(error: unknown): void {
  if (isConflict(error) || isMissing(error)) void queryClient.invalidateQueries();
}

export const queryClient = new QueryClient({
  mutationCache: new MutationCache({ onError: readAgainAfter }),
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // Offline, a request fails with words, instead of waiting without an end.
      networkMode: 'always',
      // What was refused is not tried again.
      retry: (failures, error) => failures < TRIES && isPassing(error),
    },
    mutations: { networkMode: 'always' },
  },
});

/** A record whose page is open is read again this often: nothing tells the page that somebody else deleted it. */
export const RECORD_READ_MS = 30_000;

/** What a query answers now, whatever the cache holds. */
export const readAnew: QueryClient['query'] = (options) => queryClient.query({ ...options, staleTime: 0 });

/** Everything under these keys is out of date: what is on the screen is read again. */
export async function refresh(...keys: readonly (readonly unknown[])[]): Promise<void> {
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
