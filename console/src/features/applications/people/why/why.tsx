/** "Why?" for one user and one application: assigned, mapped, held, asked and answered, and what comes next. */
import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useMay } from '../../../app/session';
import { DataTable } from '../../../ui/data-table';
import { Facts } from '../../../ui/facts';
import { Notice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/page-header';
import { Empty, ShownPage } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { StateBadge } from '../../../ui/state-badge';
import { When } from '../../../ui/when';
import { USER_STATES } from '../../../ui/words';
import { eventColumns } from '../../events/columns';
import { EventDrawer } from '../../events/event-drawer';
import type { LoggedEvent } from '../../events/queries';
import { applicationQuery } from '../queries';
import { keptInWords, Standing } from './account-state';
import { ChoiceNotice } from './choice';
import { MappingTable } from './mapping-table';
import { NothingSent } from './nothing-sent';
import { ProvisionNow } from './provision-now';
import { accountQuery, type AccountInFull } from './queries';

const route = getRouteApi('/applications/$applicationId/users/$userId');

const Through = ({ via }: AccountInFull) =>
  via.length === 0
    ? 'No group that is bound to it'
    : via.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Anchor component={Link} to={`/groups/${id}`}>
            {name}
          </Anchor>
        </Fragment>
      ));

function Trouble({ error }: AccountInFull) {
  if (error === null) return null;
  return (
    <Notice tone="bad" title={error.retrying ? 'It is tried again by itself' : 'It was refused'}>
      <Text size="sm">{error.message}</Text>
      {error.said !== undefined && (
        <Text size="sm" mt={4}>
          The application said: “{error.said}”
        </Text>
      )}
    </Notice>
  );
}

const Assigned = ({ account }: { readonly account: AccountInFull }) => (
  <Section title="Why">
    <Stack>
      <Trouble {...account} />
      {account.error === null && account.attention === null && <Text>{account.why}</Text>}
      <Facts
        of={[
          ['Assigned through', <Through key="via" {...account} />],
          [
            'In the directory',
            account.userState === null ? (
              'Deleted'
            ) : (
              <StateBadge key="user" {...USER_STATES[account.userState]} />
            ),
          ],
          ['There', <Standing key="there" account={account} />],
          ['Last changed', <When key="at" at={account.updatedAt} never="Not yet" />],
        ]}
      />
    </Stack>
  </Section>
);

const Mapped = ({ account: { mapping, notAccepted } }: { readonly account: AccountInFull }) => (
  <Section title="From what to what" about="What the mapping makes of them, and what the application holds.">
    {mapping.length === 0 ? (
      <Empty title="Nothing is mapped">They are deleted from the directory.</Empty>
    ) : (
      <MappingTable rows={mapping} />
    )}
    {notAccepted.length > 0 && (
      <Notice tone="info" title="What the application keeps for itself">
        {keptInWords(notAccepted).map((line) => (
          <div key={line}>{line}</div>
        ))}
        It is tried again once when it changes in the directory.
      </Notice>
    )}
  </Section>
);

const Next = ({ next: { sentences, when } }: AccountInFull) => (
  <Section title="What comes next">
    {sentences.length > 0 && (
      <List mb={4}>
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    )}
    <Text>{when}</Text>
  </Section>
);

function Asked({ recentEvents }: AccountInFull) {
  const [opened, setOpened] = useState<LoggedEvent | null>(null);
  return (
    <Section title="What was asked and answered last">
      {recentEvents.length === 0 ? (
        <Empty title="Nothing yet">Nothing has been asked of the application for them.</Empty>
      ) : (
        <DataTable
          label="Operations"
          rows={recentEvents}
          columns={eventColumns(setOpened)}
          idOf={({ id }) => id}
        />
      )}
      <EventDrawer event={opened} onClose={() => setOpened(null)} />
    </Section>
  );
}

interface ContentProps {
  readonly applicationId: string;
  readonly label: string;
  readonly account: AccountInFull;
}

function Content({ applicationId, label, account }: ContentProps) {
  const mayRetry = useMay()('retry');
  const [provisioning, { open, close }] = useDisclosure();
  const { name, userId, username } = account;
  return (
    <>
      <PageHeader
        title={`${name} in ${label}`}
        crumb={
          <Anchor component={Link} to={`/applications/${applicationId}/users`}>
            {label}: Users
          </Anchor>
        }
        actions={
          <Group gap="sm">
            {username !== null && (
              <Button variant="default" component={Link} to={`/users/${userId}`}>
                Open the user
              </Button>
            )}
            {mayRetry && <Button onClick={open}>Provision now</Button>}
          </Group>
        }
      />
      <Stack mb="md">
        <NothingSent applicationId={applicationId} />
        <ChoiceNotice applicationId={applicationId} account={account} />
      </Stack>
      <Assigned account={account} />
      <Mapped account={account} />
      <Next {...account} />
      <Asked {...account} />
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
