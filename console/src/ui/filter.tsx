/** A filter of a list: one of some values, or any. */
import { Select } from '@mantine/core';
import type { ListState } from './list-state';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface FilterProps {
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

/** One filter of a list, which may be empty. */
export const Filter = ({ list, name, label, any, options, onSearch }: FilterProps) => (
  <Select
    aria-label={label}
    placeholder={any}
    clearable
    searchable={onSearch !== undefined}
    clearButtonProps={{ 'aria-label': any }}
    w={185}
    data={options}
    value={list.filters[name] ?? null}
    onChange={(value) => list.change({ filters: { [name]: value } })}
    {...(onSearch && { onSearchChange: onSearch, filter: ({ options: all }) => all })}
  />
);
