/** Whether there is a server to ask. */
import { ask, isPassing } from './problem';

/**
 * Resolves where the server answers by now, and throws why it does not. It asks a path of the API, since a proxy keeps `/readyz`
 * and its like from the outside. Whatever it says of the session, also that there is none: it is there.
 */
export async function reachServer(): Promise<void> {
  await ask(new Request('/api/v1/session')).catch((error: unknown) => {
    if (isPassing(error)) throw error;
  });
}
