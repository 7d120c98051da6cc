/** What a test file leaves behind, and that it is cleared away after it: `each-file.ts` sees to that. */

const cleanups = new Set<() => Promise<void>>();

/** Runs at most once: by the test, or after the file. */
export function onceAfterwards(work: () => Promise<void>): () => Promise<void> {
  const cleanup = async (): Promise<void> => {
    if (cleanups.delete(cleanup)) await work();
  };
  cleanups.add(cleanup);
  return cleanup;
}

/** Clears away what is left. The newest first: a database is closed before its directory is removed. */
export async function clearAway(): Promise<void> {
  for (const cleanup of [...cleanups].reverse()) await cleanup();
}
