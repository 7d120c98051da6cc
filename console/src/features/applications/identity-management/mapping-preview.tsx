/** Trying a mapping on somebody while it is written. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../../api/problem';
import { nameOfUser } from '../../../ui/words';
import { usersQuery } from '../../users/queries';
import { mappingPreviewQuery, type MappingRow } from './queries';

export interface Person {
  readonly id: string;
  readonly name: string;
}

const DELAY_MS = 300;

const isComplete = ({ target, expression }: MappingRow): boolean => target !== '' && expression !== '';

interface PersonProps {
  readonly person: Person | null;
  readonly choose: (person: Person | null) => void;
}

/** Chooses the person on whom it is tried; the server searches. */
export function PreviewPerson({ person, choose }: PersonProps) {
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, DELAY_MS);
  // What was chosen stands in the field, and is nothing to search for.
  const { data } = useQuery(usersQuery(asked === '' || asked === person?.name ? {} : { search: asked }));
  const people = new Map(data?.items.map((user) => [user.id, nameOfUser(user)]));
  if (person !== null) people.set(person.id, person.name);
  return (
    <Select
      label="Try it on somebody"
      description="Shows what each row gives for them, before you save."
      placeholder="Name, user name or email"
      maw="26rem"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Nobody' }}
      filter={({ options }) => options}
      data={Array.from(people, ([value, label]) => ({ value, label }))}
      searchValue={search}
      onSearchChange={setSearch}
      value={person?.id ?? null}
      onChange={(id) => choose(id === null ? null : { id, name: people.get(id) ?? '' })}
    />
  );
}

/** What each row gives for that person, a moment after somebody stopped typing. */
export function useMappingPreview(
  applicationId: string,
  person: Person | null,
  mapping: readonly MappingRow[],
) {
  const [rows] = useDebouncedValue(mapping, DELAY_MS);
  // A row that is not complete yet is left out, and one without a name goes by its attribute.
  const tried = rows.filter(isComplete).map((row) => ({ ...row, label: row.label || row.target }));
  const query = useQuery({
    ...mappingPreviewQuery(applicationId, person?.id ?? '', tried),
    enabled: person !== null && tried.length > 0,
  });
  const at = (index: number): number => rows.slice(0, index).filter(isComplete).length;
  return {
    problem: person !== null && query.error ? asProblem(query.error).message : null,
    resultOf: (index: number) => {
      const row = rows[index];
      return person !== null && row !== undefined && isComplete(row)
        ? query.data?.rows[at(index)]
        : undefined;
    },
  };
}
