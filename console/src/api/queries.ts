/** The cache of what the server said. Keys begin with the noun: `['users', …]`, `['applications', id, …]`. */
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isConflict } from './problem';

const TRIES = 2;

/** What may pass by itself is tried again; what was refused is not. */
const isPassing = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 0 || error.status >= 502);

/** Whoever tries once more after a conflict changes the record as it is by then. */
function readAgainAfterConflict(error: unknown): void {
  if (isConflict(error)) void queryClient.invalidateQueries();
}

export const queryClient = new QueryClient({
  mutationCache: new MutationCache({ onError: readAgainAfterConflict }),
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // Offline, a request fails with words, instead of waiting without an end.
      networkMode: 'always',
      retry: (failures, error) => failures < TRIES && isPassing(error),
    },
    mutations: { networkMode: 'always' },
  },
});

/** What a query answers now, whatever the cache holds. */
export const readAnew: QueryClient['query'] = (options) => queryClient.query({ ...options, staleTime: 0 });

/** Everything under these keys is out of date: what is on the screen is read again. */
export async function refresh(...keys: readonly (readonly unknown[])[]): Promise<void> {
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
