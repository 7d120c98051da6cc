/** What a CSV would do, row by row, and then doing it. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Schemas } from '../../../api/client';
import { asProblem } from '../../../api/problem';
import { refresh } from '../../../api/queries';
import { Notice } from '../../../ui/notice';
import { notify, notifyFailure } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { Saving, Unsaved } from '../../../ui/unsaved';
import { useSaving } from '../../../ui/use-saving';
import { count, written } from '../../../ui/words';
import { importUsers, type Import } from '../queries';
import { ImportRows } from './rows';

type Result = Schemas['BulkResult'];

/** What a preview found, in a sentence. */
function sentenceOf({ created, updated, unchanged, skipped, failed }: Result['summary']): string {
  const parts = [
    `${count(created, 'user')} would be created`,
    updated > 0 && `${count(updated, 'user')} updated`,
    unchanged > 0 && `${count(unchanged, 'user')} left as they are`,
    skipped > 0 && `${count(skipped, 'row')} skipped`,
    failed > 0 && `${count(failed, 'row')} cannot be used`,
  ];
  return `${parts.filter((part) => part !== false).join(', ')}.`;
}

/** Says what was done, and of how many rows it could not be any more, as somebody changed the directory meanwhile. */
function tell({ created, updated }: Result['summary'], more: number): void {
  const done = `${count(created, 'user')} created, ${written(updated)} updated.`;
  if (more <= 0) notify(done);
  else
    notifyFailure(
      `${done} ${count(more, 'row')} could not be used any more: somebody changed the directory meanwhile. Choose the file again to see what is left.`,
    );
}

interface PreviewProps {
  readonly given: Import;
  readonly preview: Result;
}

export function Preview({ given, preview }: PreviewProps) {
  const navigate = useNavigate();
  const { created, updated, failed } = preview.summary;
  const number = created + updated;
  const act = `Import ${count(number, 'user')}`;
  const doIt = useSaving({
    act,
    save: async () => {
      const { summary } = await importUsers(given, 'partial');
      await refresh(['users'], ['groups']);
      return summary;
    },
    onSaved: (done) => tell(done, done.failed - failed),
    // The question that is asked while it is saved is for those who go elsewhere.
    goOn: () => void navigate({ to: '/users', ignoreBlocker: true }),
  });
  return (
    <Section title="What would happen" about={sentenceOf(preview.summary)}>
      <Stack>
        {failed > 0 && (
          <Notice tone="warn">
            The rows that cannot be used are listed first. Correct them in the file and choose it again, or go
            on without them.
          </Notice>
        )}
        <ImportRows results={preview.results} />
        <Saving status={doIt.status} inPage />
        {number > 0 && (doIt.isIdle || doIt.isError) && (
          <Unsaved act="Leave without importing">Nothing of this file is imported yet.</Unsaved>
        )}
        {doIt.error && <Notice tone="bad">{asProblem(doIt.error).message}</Notice>}
        <Group>
          <Button disabled={number === 0} loading={doIt.isPending} onClick={() => doIt.mutate()}>
            {number === 0 ? 'Nothing to import' : act}
          </Button>
          {failed > 0 && number > 0 && (
            <Text c="dimmed">without {count(failed, 'row')} that cannot be used</Text>
          )}
        </Group>
      </Stack>
    </Section>
  );
}
