/** What came of provisioning somebody so far, and whether it is over. */
import type { LoggedEvent } from '../../../events/queries';
import type { AccountInFull } from '../queries';

/** What happened since, the oldest first. */
export function eventsSince(
  recent: readonly LoggedEvent[],
  newestBefore: string | undefined,
): readonly LoggedEvent[] {
  const before = recent.findIndex(({ id }) => id === newestBefore);
  return recent.slice(0, before === -1 ? undefined : before).reverse();
}

/** Whether nothing more comes of it by itself just now. */
export const isOver = ({ pending, error }: AccountInFull): boolean => !pending || error?.retrying === true;
