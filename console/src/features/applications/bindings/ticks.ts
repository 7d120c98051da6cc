/** Which groups are ticked otherwise than they are bound. They stay while somebody turns pages and searches. */
import { useState } from 'react';
import type { BindingChange, GroupOfApplication } from './queries';

type Ticked = Pick<GroupOfApplication, 'id' | 'bound'>;

export interface Ticks {
  readonly isTicked: (group: Ticked) => boolean;
  readonly isChanged: (group: Ticked) => boolean;
  readonly toggle: (group: Ticked) => void;
  /** Null while nothing is to be saved. */
  readonly change: BindingChange | null;
  readonly discard: () => void;
}

const idsOf = (wished: ReadonlyMap<string, boolean>, bound: boolean): string[] =>
  [...wished].filter(([, wish]) => wish === bound).map(([id]) => id);

/** The wishes after a tick: one that is as it was is a wish no more. */
export function toggled(wished: ReadonlyMap<string, boolean>, { id, bound }: Ticked): Map<string, boolean> {
  const next = new Map(wished);
  if (!next.delete(id)) next.set(id, !bound);
  return next;
}

export function useTicks(): Ticks {
  const [wished, wish] = useState<ReadonlyMap<string, boolean>>(new Map());
  return {
    isTicked: ({ id, bound }) => wished.get(id) ?? bound,
    isChanged: ({ id, bound }) => (wished.get(id) ?? bound) !== bound,
    toggle: (group) => wish(toggled(wished, group)),
    change: wished.size === 0 ? null : { add: idsOf(wished, true), remove: idsOf(wished, false) },
    discard: () => wish(new Map()),
  };
}
