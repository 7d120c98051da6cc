/** By what the users and the groups of an application are narrowed down. */
import { Filter } from '../../../ui/filter';
import type { ListState } from '../../../ui/list-state';
import { Only } from '../../../ui/only';
import { optionsOf } from '../../../ui/words';
import type { Account } from './queries';

interface Props {
  readonly list: ListState;
  /** What the states are called. */
  readonly words: Readonly<Record<Account['state'], { readonly label: string }>>;
}

export const LinkFilters = ({ list, words }: Props) => (
  <>
    <Filter list={list} name="state" label="State" any="Any state" options={optionsOf(words)} />
    <Only list={list} name="trouble" label="Only with trouble" value="yes" />
  </>
);
