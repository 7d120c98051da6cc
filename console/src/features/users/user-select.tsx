/** Choosing one person of the directory, whom the server finds as somebody types. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { nameOfUser } from '../../ui/words';
import { usersQuery, type User } from './queries';

const SEARCH_DELAY_MS = 250;

interface Props {
  readonly label: string;
  /** The id of the person; empty where nobody is chosen. */
  readonly value?: string;
  readonly onChange: (userId: string) => void;
  readonly error?: ReactNode;
}

const optionOf = (user: User) => ({
  value: user.id,
  label: nameOfUser(user) === user.username ? user.username : `${nameOfUser(user)} (${user.username})`,
});

export function UserSelect({ label, value = '', onChange, error }: Props) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.replace(/ \(.*\)$/, ''), SEARCH_DELAY_MS);
  const { data } = useQuery(usersQuery(search === '' ? {} : { search }));
  return (
    <Select
      label={label}
      placeholder="Name, user name or email"
      required
      searchable
      data={data?.items.map(optionOf) ?? []}
      // The server has searched already.
      filter={({ options }) => options}
      value={value === '' ? null : value}
      onChange={(chosen) => onChange(chosen ?? '')}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage="Nobody is called that."
      error={error}
      data-autofocus
    />
  );
}
