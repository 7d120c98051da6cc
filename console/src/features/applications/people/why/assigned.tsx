/** Why somebody has an account, or has none: what stands in its way first, then through which groups and how it stands. */
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { Facts } from '../../../../ui/facts';
import { Notice } from '../../../../ui/notice';
import { Section } from '../../../../ui/section';
import { StateBadge } from '../../../../ui/state-badge';
import { When } from '../../../../ui/when';
import { USER_STATES } from '../../../../ui/words';
import { saidOf, Standing } from '../account-state';
import type { AccountInFull } from '../queries';

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
      {saidOf(error).map((said) => (
        <Text key={said} size="sm" mt={4}>
          {said}
        </Text>
      ))}
    </Notice>
  );
}

export const Assigned = ({ account }: { readonly account: AccountInFull }) => (
  <Section title="Why">
    <Stack>
      <Trouble {...account} />
      {account.error === null && account.attention === null && <Text>{account.why}</Text>}
      {account.drift && (
        <Notice tone="warn" title="Changed there">
          {account.drift.sentence}
        </Notice>
      )}
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
