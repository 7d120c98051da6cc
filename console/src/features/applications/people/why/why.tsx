/** "Why?" for one user and one application: assigned, mapped, held, asked and answered, and what comes next. */
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMay } from '../../../../app/session';
import { useSaving } from '../../../../ui/use-saving';
import { Notices } from '../../../../ui/notice';
import { PageHeader } from '../../../../ui/page-header';
import { ShownPage } from '../../../../ui/page-state';
import { applicationQuery } from '../../queries';
import { ChoiceNotice } from '../choice';
import { KeptNotice } from '../kept-account';
import { NothingSent } from '../nothing-sent';
import { ProvisionNow } from '../provision-now/provision-now';
import { accountQuery, retryUser, type AccountInFull } from '../queries';
import { Asked } from './asked';
import { Assigned } from './assigned';
import { Mapped } from './mapped';
import { Next } from './next';

const route = getRouteApi('/applications/$applicationId/users/$userId');

interface ContentProps {
  readonly applicationId: string;
  readonly label: string;
  readonly account: AccountInFull;
}

/** What failed, or has no time at which it is looked at, is so by this. */
function Retry({ applicationId, account }: Omit<ContentProps, 'label'>) {
  const { error, dueAt, next, userId } = account;
  const retry = useSaving({
    act: 'Retry',
    save: () => retryUser(applicationId, userId),
    isShown: () => false,
  });
  if (error === null && (dueAt !== null || next.sentences.length === 0)) return null;
  return (
    <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
      Retry
    </Button>
  );
}

function Content({ applicationId, label, account }: ContentProps) {
  const mayRetry = useMay()('retry');
  const [provisioning, { open, close }] = useDisclosure();
  const { name, userId, username } = account;
  return (
    <>
      <PageHeader
        title={`${name} in ${label}`}
        crumb={{ to: `/applications/${applicationId}/users`, label: `${label}: Users` }}
        actions={
          <>
            {username !== null && (
              <Button variant="default" component={Link} to={`/users/${userId}`}>
                Open the user
              </Button>
            )}
            {mayRetry && <Retry applicationId={applicationId} account={account} />}
            {mayRetry && <Button onClick={open}>Provision now</Button>}
          </>
        }
      />
      <Notices>
        <NothingSent applicationId={applicationId} />
        <ChoiceNotice applicationId={applicationId} account={account} />
        <KeptNotice applicationId={applicationId} account={account} />
      </Notices>
      <Assigned account={account} />
      <Mapped account={account} />
      <Next account={account} />
      <Asked account={account} />
      {provisioning && (
        <ProvisionNow applicationId={applicationId} userId={userId} name={name} onClose={close} />
      )}
    </>
  );
}

export function Why() {
  const { applicationId, userId } = route.useParams();
  const application = useQuery(applicationQuery(applicationId));
  const account = useQuery(accountQuery(applicationId, userId));
  return (
    <ShownPage query={application} noun="application">
      {({ value: { label } }) => (
        <ShownPage query={account} noun="user">
          {(data) => <Content applicationId={applicationId} label={label} account={data} />}
        </ShownPage>
      )}
    </ShownPage>
  );
}
