/** Only some of a list's rows, or all: `New users only`. */
import { Switch } from '@mantine/core';
import type { ListState } from './list-state';

interface Props {
  readonly list: ListState;
  /** The filter's name in the address. */
  readonly name: string;
  readonly label: string;
  /** The filter's value while it is on. */
  readonly value: string;
}

export const Only = ({ list, name, label, value }: Props) => (
  <Switch
    label={label}
    my={8}
    checked={list.filters[name] === value}
    onChange={({ currentTarget: { checked } }) =>
      list.change({ filters: { [name]: checked ? value : null } })
    }
  />
);
