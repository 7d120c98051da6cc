/** Everything that matches a search of operations, as a file. */
import { Button, type ButtonProps } from '@mantine/core';
import { csvOf, type EventSearch } from './queries';

interface Props extends Pick<ButtonProps, 'size'> {
  readonly search: EventSearch;
}

export const ExportEvents = ({ search, ...shown }: Props) => (
  <Button variant="default" component="a" href={csvOf(search)} download {...shown}>
    Export as CSV
  </Button>
);
