/** One import: how far it is while it runs, for everybody who looks, and what became of each. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { asProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { useConfirm } from '../../../ui/confirm';
import { useUrlList } from '../../../ui/list-state';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Shown } from '../../../ui/page-state';
import { ProgressPanel } from '../../../ui/progress-panel';
import { Section } from '../../../ui/section';
import { useSaving } from '../../../ui/use-saving';
import { When } from '../../../ui/when';
import { count, USER_STATES } from '../../../ui/words';
import { countsInWords, doneInWords, mailInWords, UNMANAGED } from './import-words';
import { ImportItems } from './items';
import { cancelImport, importQuery, reportOf, retryImport, type Import } from './queries';

const route = getRouteApi('/applications/$applicationId/import/$importId');

const usersIn = ({ counts }: Import): string => count(counts.total, 'user');

function Progress({ made }: { readonly made: Import }) {
  const { counts } = made;
  const running = made.state === 'running';
  const mail = mailInWords(made);
  return (
    <ProgressPanel
      said={
        <Text fw={600}>
          {running
            ? `${doneInWords(counts)} so far.`
            : `${counts.cancelled > 0 ? 'Cancelled' : 'Complete'}: ${countsInWords(counts)}.`}
        </Text>
      }
      done={running ? 100 - (counts.waiting / counts.total) * 100 : undefined}
      label="Imported"
    >
      {mail !== null && <Text size="sm">{mail}</Text>}
    </ProgressPanel>
  );
}

/** Ends an import that runs. */
function Cancel({ made }: { readonly made: Import }) {
  const confirm = useConfirm();
  const mayCancel = useMay()('directory');
  if (made.state !== 'running' || !mayCancel) return null;
  return (
    <Button
      variant="default"
      size="xs"
      onClick={() =>
        confirm({
          title: 'Cancel the import?',
          body: 'Whoever is imported by now stays. Nobody else is imported; you can go on with them later.',
          act: 'Cancel the import',
          keep: 'Let it run',
          danger: true,
          run: async () => {
            await cancelImport(made);
            notify(`The import of ${usersIn(made)} was cancelled.`);
          },
        })
      }
    >
      Cancel the import
    </Button>
  );
}

/** What can be done about those who failed, or whose import was cancelled. */
function NotImported({ made }: { readonly made: Import }) {
  const { cancelled, failed } = made.counts;
  const list = useUrlList();
  const mayRetry = useMay()('directory');
  const act = cancelled > 0 ? 'Go on with the import' : 'Try all again';
  const again = useSaving({
    act,
    save: () => retryImport(made),
    onSavedElsewhere: () => notify(`The import of ${usersIn(made)} goes on.`),
  });
  if (failed + cancelled === 0 || made.state === 'running') return null;
  const onlyFailed = list.filters.outcome === 'failed';
  return (
    <Notice
      tone="warn"
      title={`${count(failed + cancelled, 'user was', 'users were')} not imported`}
      action={
        <>
          {failed > 0 && !onlyFailed && (
            <Button
              variant="default"
              size="xs"
              onClick={() => list.change({ filters: { outcome: 'failed' } })}
            >
              Show only those who failed
            </Button>
          )}{' '}
          {mayRetry && (
            <Button variant="default" size="xs" loading={again.isPending} onClick={() => again.mutate()}>
              {act}
            </Button>
          )}
        </>
      }
    >
      {cancelled > 0 && 'The import was cancelled before it was their turn. '}
      {failed > 0 && 'Who failed says why. Correct them, or what stands in their way, and try again.'}
      {again.error && <Text c="var(--bad)">{asProblem(again.error).message}</Text>}
    </Notice>
  );
}

const Unmanaged = ({ id }: { readonly id: string }) => (
  <Notice
    tone="info"
    title="Not managed yet"
    action={
      <Anchor component={Link} to={`/applications/${id}/groups`}>
        To User Groups
      </Anchor>
    }
  >
    {UNMANAGED}
  </Notice>
);

function Run({ made }: { readonly made: Import }) {
  const { applicationId, counts, createdAt, startedBy, userState } = made;
  return (
    <Section
      title={`Import of ${usersIn(made)}`}
      actions={
        <Group gap="sm">
          <Cancel made={made} />
          <Button variant="default" size="xs" component="a" href={reportOf(made)} download>
            Download the report (CSV)
          </Button>
        </Group>
      }
    >
      <Stack>
        <Text c="dimmed">
          Started <When at={createdAt} /> by {startedBy}. Those who are created begin as{' '}
          {USER_STATES[userState].label.toLowerCase()}.
        </Text>
        <Progress made={made} />
        <NotImported made={made} />
        {made.state === 'done' && counts.created + counts.linked > 0 && <Unmanaged id={applicationId} />}
        <ImportItems made={made} search={route.useSearch()} />
      </Stack>
    </Section>
  );
}

export function ImportRun() {
  const { applicationId, importId } = route.useParams();
  return (
    <>
      <Anchor component={Link} to={`/applications/${applicationId}/import`} display="inline-block" mb="md">
        To all users of the application
      </Anchor>
      <Shown query={useQuery(importQuery(applicationId, importId))}>
        {(made) => <Run key={importId} made={made} />}
      </Shown>
    </>
  );
}
