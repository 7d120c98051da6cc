/** What of a user's values a target took, and what it keeps of its own (R15). */
import { explainKept } from './explain.ts';
import { NO_VALUE, type NotAccepted, type UserStep, type Value, type Values } from './types.ts';

/** What of the values sent the target took, and what it answered with a value of its own (R15). Silence is consent. */
export function whatWasTaken(
  sent: Values,
  shown: Values,
): { accepted: Values; notAccepted: Record<string, NotAccepted> } {
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

/**
 * `NO_VALUE` for each value that the target shows and nobody wished for: one of its own making, where the directory has none,
 * is kept by it like one that it does not change (R15).
 */
export function unwishedIn(shown: Values, wished: Values): Values {
  const unwished = Object.keys(shown).filter((path) => !(path in wished));
  return Object.fromEntries(unwished.map((path) => [path, NO_VALUE]));
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

/** What is still not accepted after a request: neither what was sent anew nor what is no longer wished for. */
export function without(
  notAccepted: Readonly<Record<string, NotAccepted>>,
  sent: Values,
  values: Values,
): Record<string, NotAccepted> {
  const rest = Object.entries(notAccepted).filter(
    ([path, { kept }]) => path in values && (!(path in sent) || sent[path] === kept),
  );
  return Object.fromEntries(rest);
}

/** The sentence, and what the target keeps of its own. */
export function withKept(sentence: string, notAccepted: Readonly<Record<string, NotAccepted>>): string {
  const kept = Object.entries(notAccepted).map(([path, { kept }]) => explainKept(path, kept));
  return [sentence, ...kept].join('; ');
}
