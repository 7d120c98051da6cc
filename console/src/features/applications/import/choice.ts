/** Whom somebody chose to import, and how they corrected them. Both stay while they turn pages and search. */
import { useState } from 'react';
import type { Selection } from '../../../ui/data-table';
import type { CandidateSearch, Chosen, Corrections } from './queries';
import type { PersonChange } from './person-form';

export interface Choice {
  readonly selection: Selection;
  readonly chosen: Chosen;
  /** How many it is. Of all that the list shows, some may be imported already, and are left out. */
  readonly number: number;
  readonly selectAll: () => void;
  readonly corrections: Corrections;
  readonly correct: (remoteId: string, change: PersonChange) => void;
}

/** Choosing all is choosing all of one list: another search or filter shows another. */
const nameOf = ({ search, show }: CandidateSearch): string => `${show ?? 'all'} ${search ?? ''}`;

export function useChoice(search: CandidateSearch, total: number): Choice {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [allOf, setAllOf] = useState<string | null>(null);
  const [corrections, setCorrections] = useState<Corrections>({});
  const all = allOf === nameOf(search);
  const change = (next: ReadonlySet<string>) => {
    setAllOf(null);
    setIds(next);
  };
  return {
    selection: { ids, change, all: all ? total : undefined },
    chosen: all ? { all: search } : { remoteIds: [...ids] },
    number: all ? total : ids.size,
    selectAll: () => setAllOf(nameOf(search)),
    corrections,
    correct: (remoteId, corrected) => setCorrections((before) => ({ ...before, [remoteId]: corrected })),
  };
}

/** The corrections of those who are chosen. */
export function correctionsOf({ chosen, corrections }: Choice): Corrections {
  if ('all' in chosen) return corrections;
  const ids = new Set(chosen.remoteIds);
  return Object.fromEntries(Object.entries(corrections).filter(([id]) => ids.has(id)));
}
