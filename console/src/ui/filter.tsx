/** One of some values by which a list is narrowed down, or any; what is chosen stands in the list's state. */
import { Select } from '@mantine/core';
import type { ListState } from './list-state';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly list: ListState;
  /** The filter's name in the address. */
  readonly name: string;
  readonly label: string;
  /** What it says while nothing is chosen: `Any outcome`. */
  readonly any: string;
  readonly options: readonly Option[];
  /** Where the options are searched by the server. */
  readonly onSearch?: (text: string) => void;
}

export const Filter = ({ list, name, label, any, options, onSearch }: Props) => (
  <Select
    aria-label={label}
    placeholder={any}
    clearable
    searchable={onSearch !== undefined}
    clearButtonProps={{ 'aria-label': any }}
    w={165}
    data={options}
    value={list.filters[name] ?? null}
    onChange={(value) => list.change({ filters: { [name]: value } })}
    {...(onSearch && { onSearchChange: onSearch, filter: ({ options: all }) => all })}
  />
);
