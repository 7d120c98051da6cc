/** What is in a plan and is not sent with it: who cannot be sent, and leavers who wait for an approval (R46). */
import { Text } from '@mantine/core';
import { count } from '../../../ui/words';
import { leftOutInWords, type Plan } from './step-kinds';

interface Props {
  readonly summary: Plan['summary'];
  /** How many deactivations wait for an approval. */
  readonly held: number;
}

export function NotSent({ summary, held }: Props) {
  const leftOut = leftOutInWords(summary);
  return (
    <>
      {leftOut !== undefined && (
        <Text size="sm" mt="xs">
          {leftOut}
        </Text>
      )}
      {held > 0 && (
        <Text size="sm" mt="xs">
          {count(held, 'person is', 'people are')} held: their deactivation waits for an approval, and is not
          sent with this.
        </Text>
      )}
    </>
  );
}
