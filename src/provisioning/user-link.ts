/** A user's link, as a settlement writes it. */
import { USER_NAME } from './desired.ts';
import type { Attention, LinkWrite } from './settlement.ts';
import type { NotAccepted, UserFacts } from './facts.ts';
import { userNameKey } from './user-name-key.ts';

/** The link as it is, with what this step changed; an error and a create in flight end unless this step says otherwise. */
export function userLinkOf(
  facts: UserFacts,
  changed: Partial<Omit<LinkWrite, 'claimed' | 'key' | 'attention'>>,
): LinkWrite {
  const { link, name } = facts;
  const { error = null, inFlight = null, endsKept = false, endsMoving = false } = changed;
  const remoteId = changed.remoteId === undefined ? (link?.remoteId ?? null) : changed.remoteId;
  const state = changed.state ?? link?.state ?? 'absent';
  const accepted = changed.accepted ?? link?.accepted ?? {};
  const notAccepted = changed.notAccepted ?? link?.notAccepted ?? {};
  // The `userName` that nobody else may have: the one that the target holds, or the one that a create may have made (R17).
  const key = userNameKey(remoteId === null ? inFlight : accepted[USER_NAME]);
  const isDecided = link?.moving === true && !endsMoving;
  const attention = isDecided ? null : identifierKept(name, notAccepted[USER_NAME]);
  return {
    claimed: link,
    name,
    remoteId,
    state,
    key,
    accepted,
    notAccepted,
    error,
    attention,
    inFlight,
    endsKept,
    endsMoving,
  };
}

/** A target that keeps another `userName` than the directory's needs a person's decision; a difference of case does not. */
export function identifierKept(name: string, kept: NotAccepted | undefined): Attention | null {
  if (kept === undefined || kept.chosen === true || userNameKey(kept.sent) === userNameKey(kept.kept))
    return null;
  return {
    code: 'identifier-not-accepted',
    message: `The application keeps the userName "${kept.kept}" for ${name} and does not take "${kept.sent}". Keep the old account, or move: deactivate it and create or join the new one, groups with it.`,
    sent: kept.sent,
    kept: kept.kept,
  };
}
