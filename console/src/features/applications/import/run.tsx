/** One import: how far it is while it runs, for everybody who looks, and what became of each. */
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { asProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { useUrlList } from '../../../ui/list-state';
import { Notice } from '../../../ui/notice';
import { Shown } from '../../../ui/page-state';
import { ProgressPanel } from '../../../ui/progress-panel';
import { Section } from '../../../ui/section';
import { When } from '../../../ui/when';
import { count, USER_STATES } from '../../../ui/words';
import { countsInWords, doneInWords, mailInWords, UNMANAGED } from './import-words';
import { ImportItems } from './items';
import { importQuery, reportOf, retryImport, type Import } from './queries';

const route = getRouteApi('/applications/$applicationId/import/$importId');

function Progress({ made }: { readonly made: Import }) {
  const { counts } = made;
  const running = made.state === 'running';
  const mail = mailInWords(made);
  return (
    <ProgressPanel
      said={
        <Text fw={600}>
          {running ? `${doneInWords(counts)} so far.` : `Complete: ${countsInWords(counts)}.`}
        </Text>
      }
      done={running ? 100 - (counts.waiting / counts.total) * 100 : undefined}
      label="Imported"
    >
      {mail !== null && <Text size="sm">{mail}</Text>}
    </ProgressPanel>
  );
}

/** What can be done about those who failed. */
function Failures({ made }: { readonly made: Import }) {
  const { failed } = made.counts;
  const list = useUrlList();
  const mayRetry = useMay()('directory');
  const again = useMutation({ mutationFn: () => retryImport(made) });
  if (failed === 0 || made.state === 'running') return null;
  const onlyFailed = list.filters.outcome === 'failed';
  return (
    <Notice
      tone="warn"
      title={`${count(failed, 'user was', 'users were')} not imported`}
      action={
        <>
          {!onlyFailed && (
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
              Try all again
            </Button>
          )}
        </>
      }
    >
      Each says why. Correct them, or what stands in their way, and try again.
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
      title={`Import of ${count(counts.total, 'user')}`}
      actions={
        <Button variant="default" size="xs" component="a" href={reportOf(made)} download>
          Download the report (CSV)
        </Button>
      }
    >
      <Stack>
        <Text c="dimmed">
          Started <When at={createdAt} /> by {startedBy}. Those who are created begin as{' '}
          {USER_STATES[userState].label.toLowerCase()}.
        </Text>
        <Progress made={made} />
        <Failures made={made} />
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
