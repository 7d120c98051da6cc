/** Whether what a target does not show is to be believed. */
import type { Threshold } from '../connectors/settings.ts';

/** Where a list lacks more than so many records, asking for each of them is no longer cheap: the list alone says that they are gone. */
export const MOST_MISSING = 1000;

/**
 * A list that suddenly lacks much of what it should show is more likely broken than true: nothing is made of it before a
 * person has looked. `missing` of the `linked` records are not shown.
 */
export function isImplausible(
  { missing, linked }: { readonly missing: number; readonly linked: number },
  { number, percent }: Threshold,
): boolean {
  return missing > number && (missing > MOST_MISSING || missing > (linked * percent) / 100);
}
