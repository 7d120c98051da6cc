/** Whom somebody chose to import, and how they corrected them. Both stay while they turn pages and search. */
import { useState } from 'react';
import type { Selection } from '../../../ui/data-table';
import type { CandidateSearch, Chosen, Corrections } from './queries';
import type { PersonChange } from './person-form';

export interface Choice {
  readonly selection: Selection;
  readonly chosen: Chosen;
  /** How many are imported: of all that the list shows, those who are not yet. */
  readonly number: number;
  readonly selectAll: () => void;
  readonly corrections: Corrections;
  readonly correct: (remoteId: string, change: PersonChange) => void;
}

/** Choosing all is choosing all of one list: another search or filter shows another. */
const nameOf = ({ search, show }: CandidateSearch): string => `${show ?? 'all'} ${search ?? ''}`;

export function useChoice(search: CandidateSearch, importable: number): Choice {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [allOf, setAllOf] = useState<string | null>(null);
  const [corrections, setCorrections] = useState<Corrections>({});
  const all = allOf === nameOf(search);
  const change = (next: ReadonlySet<string>) => {
    setAllOf(null);
    setIds(next);
  };
  return {
    selection: { ids, change, all: all ? importable : undefined },
    chosen: all ? { all: search } : { remoteIds: [...ids] },
    number: all ? importable : ids.size,
    selectAll: () => setAllOf(nameOf(search)),
    corrections,
    correct: (remoteId, corrected) => setCorrections((before) => ({ ...before, [remoteId]: corrected })),
  };
}

/** Whether somebody was corrected, which only an import keeps. */
export const hasCorrections = ({ corrections }: Choice): boolean =>
  Object.values(corrections).some((change) => Object.keys(change).length > 0);

/** The corrections of those who are chosen; of all that a list shows, only the server knows who it is. */
export function correctionsOf({ chosen, corrections }: Choice): Corrections {
  const ids = 'all' in chosen ? null : new Set(chosen.remoteIds);
  const made = Object.entries(corrections).filter(
    ([id, change]) => Object.keys(change).length > 0 && (ids?.has(id) ?? true),
  );
  return Object.fromEntries(made);
}
