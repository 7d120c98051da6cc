/**
 * Exceptions belong in the wish: what must be left alone is copied from the target's side into the desired side before
 * the two are compared, so that the comparison itself knows no exceptions.
 */
import type { NotAccepted, Value, Values } from './types.ts';

/** A value that the target did not take is not wished for again until the directory asks for another one (R15). */
export function leaveNotAccepted(
  desired: Values,
  notAccepted: Readonly<Record<string, NotAccepted>>,
): Values {
  const paths = Object.keys(notAccepted).filter((path) => desired[path] === notAccepted[path]?.sent);
  if (paths.length === 0) return desired;
  return {
    ...desired,
    ...Object.fromEntries(paths.map((path) => [path, notAccepted[path]?.kept] as [string, Value])),
  };
}

/** Values that were accepted for a path that the mapping no longer names are left as they are (R14). */
export function leaveUnmapped(accepted: Values, paths: ReadonlySet<string>): Values {
  if (Object.keys(accepted).every((path) => paths.has(path))) return accepted;
  return Object.fromEntries(Object.entries(accepted).filter(([path]) => paths.has(path)));
}
