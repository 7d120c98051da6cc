/** How many lines came since the first one that is shown; all of the newest where that one is none of them any more. */
export function countNew(
  newest: readonly { readonly id: string }[],
  firstShown: { readonly id: string } | undefined,
): number {
  const at = newest.findIndex(({ id }) => id === firstShown?.id);
  return at === -1 ? newest.length : at;
}
