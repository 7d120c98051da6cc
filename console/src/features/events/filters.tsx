/** By what operations are narrowed down. */
import { useDebouncedState } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Filter, type Option } from '../../ui/filter';
import type { ListState } from '../../ui/list-state';
import { nameOfUser, OPERATIONS, OUTCOMES } from '../../ui/words';
import { groupQuery, groupsQuery } from '../groups/queries';
import { userQuery, usersQuery } from '../users/queries';
import { operations, outcomes } from './queries';

const SEARCH_DELAY_MS = 250;

/** What was found, and before it the chosen one, which may be none of it. */
function withChosen(found: readonly Option[], chosen: Option | undefined): Option[] {
  return [...(chosen ? [chosen] : []), ...found.filter(({ value }) => value !== chosen?.value)];
}

function UserFilter({ list }: { readonly list: ListState }) {
  const [search, setSearch] = useDebouncedState('', SEARCH_DELAY_MS);
  const id = list.filters.user ?? '';
  const chosen = useQuery({ ...userQuery(id), enabled: id !== '' }).data?.value;
  const found = useQuery(
    usersQuery(search === '' || (chosen && search === nameOfUser(chosen)) ? {} : { search }),
  );
  const option = (user: Parameters<typeof nameOfUser>[0] & { readonly id: string }): Option => ({
    value: user.id,
    label: nameOfUser(user),
  });
  const options = withChosen((found.data?.items ?? []).map(option), chosen && option(chosen));
  return (
    <Filter list={list} name="user" label="User" any="Any user" options={options} onSearch={setSearch} />
  );
}

function GroupFilter({ list }: { readonly list: ListState }) {
  const [search, setSearch] = useDebouncedState('', SEARCH_DELAY_MS);
  const id = list.filters.group ?? '';
  const chosen = useQuery({ ...groupQuery(id), enabled: id !== '' }).data?.value;
  const found = useQuery(groupsQuery(search === '' || search === chosen?.name ? {} : { search }));
  const option = (group: { readonly id: string; readonly name: string }): Option => ({
    value: group.id,
    label: group.name,
  });
  const options = withChosen((found.data?.items ?? []).map(option), chosen && option(chosen));
  return (
    <Filter list={list} name="group" label="Group" any="Any group" options={options} onSearch={setSearch} />
  );
}

const outcomeOptions = outcomes.map((value) => ({ value, label: OUTCOMES[value].label }));
const operationOptions = operations.map((value) => ({ value, label: OPERATIONS[value] }));

export const EventFilters = ({ list }: { readonly list: ListState }) => (
  <>
    <Filter list={list} name="outcome" label="Outcome" any="Any outcome" options={outcomeOptions} />
    <Filter list={list} name="operation" label="Operation" any="Any operation" options={operationOptions} />
    <UserFilter list={list} />
    <GroupFilter list={list} />
  </>
);
