/** How the connection stands, and what is done with it: configure, test, activate, resume, deactivate (R3, R5, R44). */
import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { asProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { Facts } from '../../../ui/facts';
import { Notice } from '../../../ui/notice';
import { notify, notifyFailure } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { StateBadge } from '../../../ui/state-badge';
import { useSaving } from '../../../ui/use-saving';
import { CONNECTION_STATES } from '../../../ui/words';
import { AskedToWait } from '../asked-to-wait';
import { useDeactivate } from '../deactivate';
import type { Application } from '../queries';
import { Reading } from '../reading';
import { Configure } from './configure';
import { NotYet } from './not-yet';
import type { PartProps } from './part-form';
import { testConnection, type Connection } from './queries';
import { TestResult } from './test-result';
import { useTurnOn } from './turn-on';

/** Why it is paused, in the server's words and in those of the application. */
function reasonOf({ reason }: Connection): string {
  if (typeof reason?.message !== 'string') return 'Test the connection to see what is wrong.';
  return typeof reason.said === 'string'
    ? `${reason.message} The application said: “${reason.said}”`
    : reason.message;
}

interface ActProps {
  readonly state: Connection['state'];
  readonly configure: () => void;
  readonly test: () => void;
  readonly testing: boolean;
  readonly activate: () => void;
  /** Null where that is offered elsewhere. */
  readonly deactivate: (() => void) | null;
}

function Acts({ state, configure, test, testing, activate, deactivate }: ActProps) {
  return (
    <Group gap="sm">
      <Button variant="default" size="xs" onClick={configure}>
        Configure
      </Button>
      <Button variant="default" size="xs" loading={testing} onClick={test}>
        Test
      </Button>
      {state === 'inactive' ? (
        <Button size="xs" onClick={activate}>
          Activate
        </Button>
      ) : (
        deactivate && (
          <Button variant="default" size="xs" c="var(--bad)" onClick={deactivate}>
            Deactivate connection
          </Button>
        )
      )}
    </Group>
  );
}

const ConnectionFacts = ({ connection }: { readonly connection: Connection }) => (
  <Facts
    of={[
      ['State', <StateBadge key="state" {...CONNECTION_STATES[connection.state]} />],
      [connection.tokenLabel, connection.tokenSet ? 'Set. It is never shown again.' : 'Not set yet.'],
      ['Base URL', connection.baseUrl ?? 'Not set yet.'],
    ]}
  />
);

interface PausedProps {
  readonly connection: Connection;
  /** Whether the role allows to do something about it. */
  readonly mayChange: boolean;
  readonly resume: () => void;
  readonly deactivate: () => void;
}

/** It goes on only with another token, unless the application takes this one again. */
const isTokenRejected = ({ reason, state }: Connection): boolean =>
  state === 'paused' && reason?.code === 'token-rejected';

const Paused = ({ connection, mayChange, resume, deactivate }: PausedProps) => {
  const { tokenLabel } = connection;
  const rejected = isTokenRejected(connection);
  return (
    <Notice
      tone="bad"
      title="The connection is paused"
      action={
        mayChange && (
          <>
            {rejected && (
              <Button size="xs" onClick={deactivate}>
                Deactivate connection
              </Button>
            )}
            <Button size="xs" variant={rejected ? 'default' : 'filled'} onClick={resume}>
              Resume
            </Button>
          </>
        )
      }
    >
      {reasonOf(connection)} Nothing is lost: everything goes on where it was.
      {rejected && (
        <Text size="sm" mt="xs">
          A new token is set in three steps: deactivate the connection, set the {tokenLabel} under Configure,
          activate the connection. Nobody loses an account by that. Resume it only where the token that is set
          works again.
        </Text>
      )}
    </Notice>
  );
};

/** Tests the connection or turns it on, and keeps what came of it, of one at a time. */
function useTrials(application: Application) {
  const [told, tell] = useState<string | null>(null);
  const test = useSaving({
    act: `Test the connection of ${application.label}`,
    save: () => {
      tell(null);
      return testConnection(application.id);
    },
    onSavedElsewhere: ({ message, passed }) => (passed ? notify : notifyFailure)(message),
  });
  const { activate, resume } = useTurnOn(application, (message) => {
    test.reset();
    tell(message);
  });
  return { told, test, activate, resume };
}

export function ConnectionSection({ application, connection }: PartProps) {
  const { state } = connection.value;
  const mayChange = useMay()('administer');
  const [configuring, { open, close }] = useDisclosure();
  const { told, test, activate, resume } = useTrials(application);
  const ask = useDeactivate();
  const deactivate = () => ask(application);
  const acts = mayChange && (
    <Acts
      state={state}
      configure={open}
      test={test.mutate}
      testing={test.isPending}
      activate={activate}
      deactivate={isTokenRejected(connection.value) ? null : deactivate}
    />
  );
  return (
    <Section title="Connection" actions={acts}>
      <Box mb="sm">
        <ConnectionFacts connection={connection.value} />
      </Box>
      {mayChange && <NotYet application={application} connection={connection.value} />}
      {state === 'active' && <AskedToWait application={application} />}
      <Reading application={application} />
      <Stack role="status" mt="xs">
        {told !== null && state === 'active' && <Notice tone="info">{told}</Notice>}
        {test.data && <TestResult result={test.data} />}
      </Stack>
      {state === 'paused' && (
        <Paused connection={connection.value} mayChange={mayChange} resume={resume} deactivate={deactivate} />
      )}
      {test.error && <Notice tone="bad">{asProblem(test.error).message}</Notice>}
      {configuring && (
        <Configure application={application} connection={connection} onSaved={test.reset} onClose={close} />
      )}
    </Section>
  );
}
