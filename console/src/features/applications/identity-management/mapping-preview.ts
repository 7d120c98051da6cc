/** What a mapping gives for somebody, while it is written. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { asProblem } from '../../../api/problem';
import { mappingPreviewQuery, type MappingRow } from './queries';

const DELAY_MS = 300;

const isComplete = ({ target, expression }: MappingRow): boolean => target !== '' && expression !== '';

/** What each row gives for a user, a moment after somebody stopped typing; nothing while `userId` is empty. */
export function useMappingPreview(applicationId: string, userId: string, mapping: readonly MappingRow[]) {
  const [rows] = useDebouncedValue(mapping, DELAY_MS);
  // A row that is not complete yet is left out, and one without a name goes by its attribute.
  const tried = rows.filter(isComplete).map((row) => ({ ...row, label: row.label || row.target }));
  const enabled = userId !== '' && tried.length > 0;
  const { data, error } = useQuery({ ...mappingPreviewQuery(applicationId, userId, tried), enabled });
  const at = (index: number): number => rows.slice(0, index).filter(isComplete).length;
  return {
    problem: enabled && error ? asProblem(error).message : null,
    resultOf: (index: number) => {
      const row = rows[index];
      return enabled && row !== undefined && isComplete(row) ? data?.rows[at(index)] : undefined;
    },
  };
}
