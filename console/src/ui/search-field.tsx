/** The search of a list, which the server does a moment after somebody stopped typing. */
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useEffect, useRef } from 'react';
import { SEARCH_DELAY_MS, type ListState } from './list-state';
import classes from './server-table.module.css';

interface Props {
  readonly list: ListState;
  /** What the server looks at: `Name, user name or email`. */
  readonly label: string;
}

/** The field keeps its own text while that is what the list is searched by, and follows the list otherwise: back, forward, "Show all". */
export function SearchField({ list, label }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(list.search);
  const search = useDebouncedCallback((text: string) => {
    asked.current = text;
    list.change({ search: text });
  }, SEARCH_DELAY_MS);
  useEffect(() => {
    if (input.current === null || list.search === asked.current) return;
    asked.current = list.search;
    input.current.value = list.search;
  }, [list.search]);
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={`Search: ${label}`}
      placeholder={label}
      leftSection={<IconSearch size={17} stroke={1.7} />}
      defaultValue={list.search}
      onChange={({ currentTarget: { value } }) => search(value.trim())}
      className={classes.search}
    />
  );
}
