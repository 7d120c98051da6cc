/** By what a list is narrowed down; what is chosen stands in its state. */
import { Select, Switch } from '@mantine/core';
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
}

interface FilterProps extends Props {
  /** What it says while nothing is chosen: `Any outcome`. */
  readonly any: string;
  readonly options: readonly Option[];
  /** Where the options are searched by the server. */
  readonly onSearch?: (text: string) => void;
}

/** One of some values, or any. */
export const Filter = ({ list, name, label, any, options, onSearch }: FilterProps) => (
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

interface OnlyProps extends Props {
  /** The filter's value while it is on. */
  readonly value: string;
}

/** Only some of the rows, or all: `New users only`. */
export const Only = ({ list, name, label, value }: OnlyProps) => (
  <Switch
    label={label}
    my={8}
    checked={list.filters[name] === value}
    onChange={({ currentTarget: { checked } }) =>
      list.change({ filters: { [name]: checked ? value : null } })
    }
  />
);
