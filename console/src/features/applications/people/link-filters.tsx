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
  /** How many are kept against the directory, and how many were changed in the application: without any, nobody asks for them. */
  readonly kept?: number | undefined;
  readonly drift?: number | undefined;
}

interface RareProps extends Pick<Props, 'list'> {
  readonly name: string;
  readonly label: string;
  readonly number: number;
}

const Rare = ({ number, ...props }: RareProps) =>
  (number > 0 || props.list.filters[props.name] !== undefined) && <Only {...props} value="yes" />;

export const LinkFilters = ({ list, words, kept = 0, drift = 0 }: Props) => (
  <>
    <Filter list={list} name="state" label="State" any="Any state" options={optionsOf(words)} />
    <Only list={list} name="trouble" label="Only with trouble" value="yes" />
    <Rare list={list} name="kept" label="Only kept" number={kept} />
    <Rare list={list} name="drift" label="Only changed there" number={drift} />
  </>
);
