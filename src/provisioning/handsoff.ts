/**
 * Exceptions belong in the wish: what must be left alone is copied from the target's side into the desired side before
 * the two are compared, so that the comparison itself knows no exceptions.
 */
import type { Desired } from './desired.ts';
import { NO_VALUE, type NotAccepted, type UserFacts, type Values } from './facts.ts';

/**
 * A value that the target did not take is not wished for again until the directory asks for another one (R15). What the
 * target holds instead may have changed since it was kept.
 */
export function leaveNotAccepted(
  desired: Values,
  notAccepted: Readonly<Record<string, NotAccepted>>,
  accepted: Values,
): Values {
  const left = Object.entries(notAccepted).filter(isWished(desired));
  if (left.length === 0) return desired;
  return {
    ...desired,
    ...Object.fromEntries(left.map(([path, { kept }]) => [path, accepted[path] ?? kept])),
  };
}

/**
 * The facts without values that the target did not take and the directory asks for no more: what it has changed back to is
 * there already, and the next change is tried again (R15). Such a link is troubled, so that they go from it as well.
 */
export function forgetUnwished(facts: UserFacts, desired: Desired | null): UserFacts {
  const { link } = facts;
  if (link === null || desired === null || 'refusal' in desired) return facts;
  const all = Object.entries(link.notAccepted);
  const wished = all.filter(isWished(desired.values));
  if (wished.length === all.length) return facts;
  return { ...facts, link: { ...link, notAccepted: Object.fromEntries(wished), troubled: true } };
}

const isWished =
  (desired: Values) =>
  ([path, { sent }]: [string, NotAccepted]): boolean =>
    (desired[path] ?? NO_VALUE) === sent;

/** Values that were accepted for a path that the mapping no longer names are left as they are (R14). */
export function leaveUnmapped(accepted: Values, paths: ReadonlySet<string>): Values {
  if (Object.keys(accepted).every((path) => paths.has(path))) return accepted;
  return Object.fromEntries(Object.entries(accepted).filter(([path]) => paths.has(path)));
}
