/** A group's link, as a settlement writes it. */
import { recordKey } from '../name-key.ts';
import type { LinkWrite } from './settlement.ts';
import type { GroupFacts } from './facts.ts';

/** The link as it is, with what this step changed; an error and a step in flight end unless this step says otherwise. */
export function groupLinkOf(
  { link, name }: GroupFacts,
  changed: Partial<Omit<LinkWrite, 'claimed'>>,
): LinkWrite {
  const accepted = link?.displayName == null ? {} : { displayName: link.displayName };
  return {
    claimed: link && { ...link, accepted },
    name,
    remoteId: link?.remoteId ?? null,
    state: link?.state ?? 'absent',
    key: link?.displayName == null ? null : recordKey(link.displayName),
    accepted,
    notAccepted: link?.notAccepted ?? {},
    error: null,
    attention: null,
    inFlight: null,
    isNamed: changed.accepted !== undefined,
    endsKept: false,
    endsMoving: false,
    ...changed,
  };
}
