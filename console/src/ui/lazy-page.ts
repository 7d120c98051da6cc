/** Pages whose code is loaded when they are first opened. */
import { lazyRouteComponent } from '@tanstack/react-router';
import { reachServer } from '../api/reach';

/**
 * The component of that name. Where its code does not come since the server does not answer, the failure says so: the router takes
 * any other for a page of the version before, and loads the whole console anew, which without a server would end it.
 */
export const lazyPage = <T extends Record<string, unknown>, K extends keyof T>(
  load: () => Promise<T>,
  name: K,
) =>
  lazyRouteComponent<T, K>(
    () =>
      load().catch(async (error: unknown) => {
        await reachServer();
        throw error;
      }),
    name,
  );
