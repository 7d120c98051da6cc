/** By what the users and the groups of an application are narrowed down. */
import { Select, Switch } from '@mantine/core';
import type { ListState } from '../../../ui/list-state';
import { linkStates, type Account } from './queries';

interface Props {
  readonly list: ListState;
  /** What the states are called. */
  readonly words: Readonly<Record<Account['state'], { readonly label: string }>>;
}

export const LinkFilters = ({ list, words }: Props) => (
  <>
    <Select
      aria-label="State"
      placeholder="Any state"
      clearable
      clearButtonProps={{ 'aria-label': 'Any state' }}
      w={160}
      data={linkStates.map((value) => ({ value, label: words[value].label }))}
      value={list.filters.state ?? null}
      onChange={(state) => list.change({ filters: { state } })}
    />
    <Switch
      label="Only with trouble"
      my={8}
      checked={list.filters.trouble === 'yes'}
      onChange={({ currentTarget: { checked } }) =>
        list.change({ filters: { trouble: checked ? 'yes' : null } })
      }
    />
  </>
);
