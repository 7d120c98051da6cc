/** Narrows a list down to one application. */
import { useQuery } from '@tanstack/react-query';
import { Filter } from '../../ui/filter';
import type { ListState } from '../../ui/list-state';
import { applicationChoicesQuery } from './queries';

export function ApplicationFilter({ list }: { readonly list: ListState }) {
  const options = (useQuery(applicationChoicesQuery).data?.items ?? []).map(({ id, label }) => ({
    value: id,
    label,
  }));
  return (
    <Filter list={list} name="application" label="Application" any="Any application" options={options} />
  );
}
