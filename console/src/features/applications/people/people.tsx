/** The users of an application: how each stands there, why, and what can be done about it. */
import { Anchor, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../../app/session';
import { Act } from '../../../ui/act';
import { Address } from '../../../ui/address';
import { actsColumn, type Column } from '../../../ui/data-table';
import { useUrlList } from '../../../ui/list-state';
import { Notices } from '../../../ui/notice';
import { Empty } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { ServerTable } from '../../../ui/server-table';
import { When } from '../../../ui/when';
import { LINK_STATES } from '../../../ui/words';
import { statusQuery } from '../queries';
import { AccountState } from './account-state';
import { LinkFilters } from './link-filters';
import { NothingSent } from './nothing-sent';
import { ProvisionNow } from './provision-now/provision-now';
import { accountsQuery, retryUser, type Account } from './queries';
import { PeopleOrGroups } from './switch';

const route = getRouteApi('/applications/$applicationId/users');

const columnsFor = (applicationId: string): readonly Column<Account>[] => [
  {
    header: 'Name',
    sort: 'name',
    cell: ({ name, userId }) => (
      <Anchor component={Link} to={`/applications/${applicationId}/users/${userId}`} fw={500}>
        <Address of={name} />
      </Anchor>
    ),
  },
  { header: 'There', sort: 'state', cell: (account) => <AccountState account={account} /> },
  {
    header: 'Changed',
    sort: 'updatedAt',
    wide: true,
    cell: ({ updatedAt }) => <When at={updatedAt} never="Not yet" />,
  },
];

interface ActsOf {
  readonly applicationId: string;
  readonly mayDecide: boolean;
  readonly provision: (account: Account) => void;
}

const actsFor = ({ applicationId, mayDecide, provision }: ActsOf) =>
  actsColumn((account: Account) => (
    <Group gap={4} justify="end" wrap="nowrap">
      {mayDecide && account.attention !== null && (
        <Button
          variant="subtle"
          size="compact-sm"
          component={Link}
          to={`/applications/${applicationId}/users/${account.userId}`}
          aria-label={`Decide on ${account.name}`}
        >
          Decide
        </Button>
      )}
      {account.error !== null && (
        <Act label="Retry" about={account.name} run={() => retryUser(applicationId, account.userId)} />
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={`Provision now: ${account.name}`}
        onClick={() => provision(account)}
      >
        Provision now
      </Button>
    </Group>
  ));

function Nobody({ applicationId }: { readonly applicationId: string }) {
  const bind = (
    <Button variant="default" component={Link} to={`/applications/${applicationId}/groups`}>
      Bind user groups
    </Button>
  );
  return (
    <Empty title="Nobody yet" action={bind}>
      People come here once a group of theirs is bound and the connection is active.
    </Empty>
  );
}

export function People() {
  const { applicationId } = route.useParams();
  const list = useUrlList();
  const query = useQuery(accountsQuery(applicationId, route.useSearch()));
  const { data: status } = useQuery(statusQuery(applicationId));
  const may = useMay();
  const [provisioned, setProvisioned] = useState<Account | null>(null);
  const acts = may('retry')
    ? [actsFor({ applicationId, mayDecide: may('administer'), provision: setProvisioned })]
    : [];
  return (
    <Section
      title="Users"
      about="Everybody whom the application concerns, and how each stands there."
      actions={<PeopleOrGroups applicationId={applicationId} shows="people" />}
    >
      <Notices>
        <NothingSent applicationId={applicationId} />
      </Notices>
      <ServerTable
        label="Users"
        noun="user"
        searches="Name, user name or email"
        list={list}
        query={query}
        columns={[...columnsFor(applicationId), ...acts]}
        idOf={({ userId }) => userId}
        nameOf={({ name }) => name}
        filters={
          <LinkFilters list={list} words={LINK_STATES} kept={status?.kept} drift={status?.drift.users} />
        }
        empty={<Nobody applicationId={applicationId} />}
      />
      {provisioned && (
        <ProvisionNow
          applicationId={applicationId}
          userId={provisioned.userId}
          name={provisioned.name}
          onClose={() => setProvisioned(null)}
        />
      )}
    </Section>
  );
}
