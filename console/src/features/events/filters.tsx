/** By what operations are narrowed down. */
import { Filter } from '../../ui/filter';
import type { ListState } from '../../ui/list-state';
import { OPERATIONS, optionsOf, OUTCOMES } from '../../ui/words';
import { operations } from './queries';
import { GroupFilter, UserFilter } from './record-filters';

const operationOptions = operations.map((value) => ({ value, label: OPERATIONS[value] }));

export const EventFilters = ({ list }: { readonly list: ListState }) => (
  <>
    <Filter list={list} name="outcome" label="Outcome" any="Any outcome" options={optionsOf(OUTCOMES)} />
    <Filter list={list} name="operation" label="Operation" any="Any operation" options={operationOptions} />
    <UserFilter list={list} />
    <GroupFilter list={list} />
  </>
);
