/** Whether there is a server to ask. */
import { BY_ITSELF } from './presence';
import { ask, isPassing } from './problem';

/**
 * Resolves where the server answers by now, and throws why it does not. It asks a path of the API, since a proxy keeps `/readyz`
 * and its like from the outside. Whatever it says of the session, also that there is none: it is there.
 */
export async function reachServer(): Promise<void> {
  const headers = { [BY_ITSELF.name]: BY_ITSELF.value };
  await ask(new Request('/api/v1/session', { headers })).catch((error: unknown) => {
    if (isPassing(error)) throw error;
  });
}
