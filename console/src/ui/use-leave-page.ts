/** Leaving the page of a record that is no more. */
import { useRouter } from '@tanstack/react-router';

/**
 * `const leavePage = useLeavePage(); await leavePage(`/users/${id}`, '/users')` goes to the list, unless whoever deleted the
 * record went elsewhere meanwhile.
 */
export function useLeavePage() {
  const router = useRouter();
  return async (page: string, list: string): Promise<void> => {
    if (router.latestLocation.pathname.startsWith(page)) await router.navigate({ to: list });
  };
}
