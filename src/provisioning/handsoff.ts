/**
 * Exceptions belong in the wish: what must be left alone is copied from the target's side into the desired side before
 * the two are compared, so that the comparison itself knows no exceptions.
 */
import { NO_VALUE, type NotAccepted, type Values } from './types.ts';

/**
 * A value that the target did not take is not wished for again until the directory asks for another one (R15). What the
 * target holds instead may have changed since it was kept.
 */
export function leaveNotAccepted(
  desired: Values,
  notAccepted: Readonly<Record<string, NotAccepted>>,
  accepted: Values,
): Values {
  const left = Object.entries(notAccepted).filter(([path, { sent }]) => (desired[path] ?? NO_VALUE) === sent);
  if (left.length === 0) return desired;
  return {
    ...desired,
    ...Object.fromEntries(left.map(([path, { kept }]) => [path, accepted[path] ?? kept])),
  };
}

/** Values that were accepted for a path that the mapping no longer names are left as they are (R14). */
export function leaveUnmapped(accepted: Values, paths: ReadonlySet<string>): Values {
  if (Object.keys(accepted).every((path) => paths.has(path))) return accepted;
  return Object.fromEntries(Object.entries(accepted).filter(([path]) => paths.has(path)));
}
