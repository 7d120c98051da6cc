/** What of a user's values a target took, and what it keeps of its own (R15). */
import { explainKept } from './explain.ts';
import { NO_VALUE, type NotAccepted, type Value, type Values } from './facts.ts';
import { type UserStep } from './steps.ts';

const NOTHING: Readonly<Record<string, NotAccepted>> = Object.freeze({});

/** What of the values sent the target took, and what it answered with a value of its own (R15). Silence is consent. */
export function whatWasTaken(
  sent: Values,
  shown: Values,
): { accepted: Values; notAccepted: Readonly<Record<string, NotAccepted>> } {
  if (isAsSent(shown, sent)) return { accepted: sent, notAccepted: NOTHING };
  const accepted: Record<string, Value> = {};
  const notAccepted: Record<string, NotAccepted> = {};
  for (const [path, value] of Object.entries({ ...shown, ...sent })) {
    const asked = sent[path];
    const kept = shown[path];
    if (asked !== undefined && kept !== undefined && String(kept) !== String(asked)) {
      notAccepted[path] = { sent: asked, kept };
      accepted[path] = kept;
    } else if (asked !== NO_VALUE) accepted[path] = value;
  }
  return { accepted, notAccepted };
}

/** Whether all was taken, and the target shows nothing else: what nearly every answer says. */
function isAsSent(shown: Values, sent: Values): boolean {
  for (const path in shown) if (shown[path] !== sent[path]) return false;
  for (const path in sent) if (sent[path] === NO_VALUE) return false;
  return true;
}

/**
 * `NO_VALUE` for each value that the target shows and nobody wished for: one of its own making, where the directory has none,
 * is kept by it like one that it does not change (R15).
 */
export function unwishedIn(shown: Values, wished: Values): Values {
  const unwished: Record<string, Value> = {};
  for (const path in shown) if (!(path in wished)) unwished[path] = NO_VALUE;
  return unwished;
}

/** What was wished for, and what was not: nothing is copied where the target shows nothing else. */
export function withUnwished(wished: Values, shown: Values): Values {
  const unwished = unwishedIn(shown, wished);
  return Object.keys(unwished).length === 0 ? wished : { ...unwished, ...wished };
}

/** The paths that a step empties, each with `NO_VALUE`: a target may keep what was to go (R15). */
export function removalsIn(step: UserStep): Values {
  const removals = 'changes' in step ? step.changes.filter(({ after }) => after === undefined) : [];
  return Object.fromEntries(removals.map(({ path }) => [path, NO_VALUE]));
}

/** Of these values, those at the paths of `wanted`. */
export function only(values: Values, wanted: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([path]) => path in wanted));
}

/**
 * What is still not accepted after a request, with what is kept as it is shown: neither what was sent anew or taken after all, nor what
 * is no longer wished for.
 */
export function without(
  notAccepted: Readonly<Record<string, NotAccepted>>,
  sent: Values,
  values: Values,
  shown: Values,
): Record<string, NotAccepted> {
  const rest = Object.entries(notAccepted).filter(
    ([path, entry]) =>
      path in values && (!(path in sent) || sent[path] === entry.kept) && shown[path] !== entry.sent,
  );
  return Object.fromEntries(
    rest.map(([path, entry]) => [path, { ...entry, kept: shown[path] ?? entry.kept }]),
  );
}

/** The sentence, and what the target keeps of its own. */
export function withKept(sentence: string, notAccepted: Readonly<Record<string, NotAccepted>>): string {
  let all = sentence;
  for (const [path, { kept }] of Object.entries(notAccepted)) all += `; ${explainKept(path, kept)}`;
  return all;
}
