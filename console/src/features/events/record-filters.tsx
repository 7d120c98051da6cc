/** Narrowing operations down to one user or one group, whom the server finds as somebody types. */
import { useDebouncedState } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Filter, type Option } from '../../ui/filter';
import { SEARCH_DELAY_MS, type ListState } from '../../ui/list-state';
import { nameOfUser } from '../../ui/words';
import { groupQuery, groupsQuery, type Group } from '../groups/queries';
import { userQuery, usersQuery, type User } from '../users/queries';

interface Options {
  /** The one that is chosen, once it is read. */
  readonly chosen: Option | undefined;
  readonly found: readonly Option[];
}

/** What was found, and before it the chosen one, which may be none of it. */
const withChosen = ({ chosen, found }: Options): readonly Option[] =>
  chosen === undefined ? found : [chosen, ...found.filter(({ value }) => value !== chosen.value)];

/** What to ask the server for: the name of the chosen one stands in the field too, and is no search. */
const searchFor = (text: string, chosen: Option | undefined) =>
  text === '' || text === chosen?.label ? {} : { search: text };

const optionOfUser = (user: User): Option => ({ value: user.id, label: nameOfUser(user) });

function useUserOptions(id: string, text: string): Options {
  const user = useQuery({ ...userQuery(id), enabled: id !== '' }).data?.value;
  const chosen = user && optionOfUser(user);
  const found = useQuery(usersQuery(searchFor(text, chosen))).data?.items ?? [];
  return { chosen, found: found.map(optionOfUser) };
}

const optionOfGroup = ({ id, name }: Group): Option => ({ value: id, label: name });

function useGroupOptions(id: string, text: string): Options {
  const group = useQuery({ ...groupQuery(id), enabled: id !== '' }).data?.value;
  const chosen = group && optionOfGroup(group);
  const found = useQuery(groupsQuery(searchFor(text, chosen))).data?.items ?? [];
  return { chosen, found: found.map(optionOfGroup) };
}

interface Props {
  readonly list: ListState;
}

export function UserFilter({ list }: Props) {
  const [text, setText] = useDebouncedState('', SEARCH_DELAY_MS);
  const options = withChosen(useUserOptions(list.filters.user ?? '', text));
  return <Filter list={list} name="user" label="User" any="Any user" options={options} onSearch={setText} />;
}

export function GroupFilter({ list }: Props) {
  const [text, setText] = useDebouncedState('', SEARCH_DELAY_MS);
  const options = withChosen(useGroupOptions(list.filters.group ?? '', text));
  return (
    <Filter list={list} name="group" label="Group" any="Any group" options={options} onSearch={setText} />
  );
}
