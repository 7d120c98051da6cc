/** Choosing one person of the directory, whom the server finds as somebody types. */
import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SEARCH_DELAY_MS } from '../../ui/list-state';
import { nameOfUser } from '../../ui/words';
import { usersQuery, type User } from './queries';

/** As many as fit without scrolling; whoever is not among them is typed for. */
const SHOWN = 8;

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** The id of the person; empty where nobody is chosen. */
  readonly value?: string;
  readonly onChange: (userId: string) => void;
}

const optionOf = (user: User) => ({
  value: user.id,
  label: nameOfUser(user) === user.username ? user.username : `${nameOfUser(user)} (${user.username})`,
});

/** What was chosen stands in the field as `Ada Lovelace (ada)`; the server knows her by her name. */
const searchIn = (text: string): string => text.replace(/ \(.*\)$/, '');

export function UserSelect({ value = '', onChange, ...shown }: Props) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(searchIn(text), SEARCH_DELAY_MS);
  const { data } = useQuery(usersQuery(search === '' ? {} : { search }));
  return (
    <Select
      placeholder="Name, user name or email"
      searchable
      data={data?.items.map(optionOf) ?? []}
      // The server has searched already.
      filter={({ options }) => options}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      searchValue={text}
      onSearchChange={setText}
      openOnFocus={false}
      limit={SHOWN}
      maxDropdownHeight={400}
      nothingFoundMessage="Nobody is called that."
      {...shown}
    />
  );
}
