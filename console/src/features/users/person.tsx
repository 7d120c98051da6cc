/** A person's page: who they are, what they have and why, and how they sign in. */
import { Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Tagged } from '../../api/client';
import { useMay } from '../../app/session';
import { Facts } from '../../ui/facts';
import { PageHeader } from '../../ui/page-header';
import { ShownPage } from '../../ui/page-state';
import { RecordActions } from '../../ui/record-actions';
import { Section } from '../../ui/section';
import { StateBadge } from '../../ui/state-badge';
import { When } from '../../ui/when';
import { nameOfUser, USER_STATES } from '../../ui/words';
import { useUserActs } from './acts';
import { ApplicationsOfUser } from './applications-of-user';
import { ResetPassword } from './credentials/reset-password';
import { SecondFactors } from './credentials/second-factors';
import { Sessions } from './credentials/sessions';
import { GroupsOfUser } from './groups-of-user';
import { userQuery, type User } from './queries';
import { EditUser } from './user-editor';
import { LABELS } from './user-form';

const route = getRouteApi('/users/$userId');

interface ActionsProps {
  readonly user: Tagged<User>;
  readonly edit: () => void;
}

function Actions({ user, edit }: ActionsProps) {
  const { suspend, activate, remove } = useUserActs();
  return (
    <RecordActions edit={edit} remove={() => remove(user)}>
      {user.value.state === 'active' ? (
        <Menu.Item onClick={() => suspend(user)}>Suspend</Menu.Item>
      ) : (
        <Menu.Item onClick={() => activate(user)}>Activate</Menu.Item>
      )}
    </RecordActions>
  );
}

const Details = ({ user }: { readonly user: User }) => (
  <Section title="Details">
    <Facts
      of={[
        [LABELS.username, user.username],
        [LABELS.firstname, user.firstname],
        [LABELS.lastname, user.lastname],
        [LABELS.displayname, user.displayname],
        [LABELS.email, user.email],
      ]}
    />
    {/* What the company calls things is left as it is. */}
    <div data-verbatim>
      <Facts of={Object.entries(user.attributes).map(([name, value]) => [name, String(value)])} />
    </div>
    <Facts
      of={[
        ['Created', <When key="created" at={user.createdAt} />],
        ['Last changed', <When key="changed" at={user.updatedAt} />],
      ]}
    />
  </Section>
);

function Content({ user }: { readonly user: Tagged<User> }) {
  const may = useMay();
  const [editing, { open, close }] = useDisclosure();
  const { value } = user;
  return (
    <>
      <PageHeader
        title={nameOfUser(value)}
        crumb={{ to: '/users', label: 'Users' }}
        about={<StateBadge {...USER_STATES[value.state]} />}
        actions={may('directory') && <Actions user={user} edit={open} />}
      />
      <ApplicationsOfUser user={value} />
      <GroupsOfUser user={value} />
      <Details user={value} />
      {may('credentials') && (
        <>
          <ResetPassword user={value} />
          <SecondFactors user={value} />
          <Sessions user={value} />
        </>
      )}
      {editing && <EditUser onClose={close} user={user} />}
    </>
  );
}

export function Person() {
  const { userId } = route.useParams();
  return (
    <ShownPage query={useQuery(userQuery(userId))} noun="user">
      {(user) => <Content key={userId} user={user} />}
    </ShownPage>
  );
}
