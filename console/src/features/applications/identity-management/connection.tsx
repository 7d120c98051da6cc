/** How the connection stands, and what is done with it: configure, test, activate, resume, deactivate (R3, R5, R44). */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { useConfirm } from '../../../ui/confirm';
import { Facts } from '../../../ui/facts';
import { Notice } from '../../../ui/notice';
import { Section } from '../../../ui/section';
import { StateBadge } from '../../../ui/state-badge';
import { Shown } from '../../../ui/page-state';
import { CONNECTION_STATES } from '../../../ui/words';
import { boundQuery } from '../bindings/queries';
import { useDeactivate } from '../deactivate';
import { planQuery } from '../plan/queries';
import { summaryInWords } from '../plan/step-kinds';
import type { Application } from '../queries';
import { Configure } from './configure';
import type { PartProps } from './identity-management';
import { activateConnection, resumeConnection, testConnection, type Connection } from './queries';
import { TestResult } from './test-result';

/** What an activation would send, in words, before it is asked for. */
function WouldBeSent({ application }: { readonly application: Application }) {
  const query = useQuery(planQuery(application.id, { limit: 0 }));
  const { data: bound } = useQuery(boundQuery(application.id));
  const nothing =
    bound?.total === 0 ? 'No group is bound yet. Nothing is sent before one is.' : 'Nothing has to be sent.';
  return (
    <Shown query={query} lines={1}>
      {({ summary }) => <Text>{summaryInWords(summary, 'Then this is sent: ', nothing)}</Text>}
    </Shown>
  );
}

/** Asks before the connection goes to work, and keeps what the application answered on the page. */
function useTurnOn(application: Application, tell: (message: string) => void) {
  const confirm = useConfirm();
  const { id, label } = application;
  const ask = (title: string, act: string, turnOn: (id: string) => Promise<string>) =>
    confirm({
      title,
      body: (
        <Stack gap="xs">
          <Text>{label} is asked first whether it can be reached with the token.</Text>
          <WouldBeSent application={application} />
        </Stack>
      ),
      act,
      run: async () => tell(await turnOn(id)),
    });
  return {
    activate: () => ask(`Activate the connection of ${label}?`, 'Activate', activateConnection),
    resume: () => ask(`Resume the connection of ${label}?`, 'Resume', resumeConnection),
  };
}

/** Why it is paused, in the server's words. */
const reasonOf = ({ reason }: Connection): string =>
  typeof reason?.message === 'string' ? reason.message : 'Test the connection to see what is wrong.';

interface ActProps {
  readonly application: Application;
  readonly state: Connection['state'];
  readonly configure: () => void;
  readonly test: () => void;
  readonly testing: boolean;
  readonly activate: () => void;
}

function Acts({ application, state, configure, test, testing, activate }: ActProps) {
  const deactivate = useDeactivate();
  return (
    <Group gap="sm">
      <Button variant="default" onClick={configure}>
        Configure
      </Button>
      <Button variant="default" loading={testing} onClick={test}>
        Test
      </Button>
      {state === 'inactive' ? (
        <Button onClick={activate}>Activate</Button>
      ) : (
        <Button variant="default" c="var(--bad)" onClick={() => deactivate(application)}>
          Deactivate connection
        </Button>
      )}
    </Group>
  );
}

const ConnectionFacts = ({ connection }: { readonly connection: Connection }) => (
  <Facts
    of={[
      ['State', <StateBadge key="state" {...CONNECTION_STATES[connection.state]} />],
      [connection.tokenLabel, connection.tokenSet ? 'Set. It is never shown again.' : 'Not set yet.'],
      ['Address', connection.baseUrl ?? 'Not set yet.'],
    ]}
  />
);

export function ConnectionSection({ application, connection: tagged }: PartProps) {
  const { value: connection } = tagged;
  const mayChange = useMay()('administer');
  const [configuring, { open, close }] = useDisclosure();
  const [told, tell] = useState<string | null>(null);
  const test = useMutation({ mutationFn: () => testConnection(application.id) });
  const turnOn = useTurnOn(application, (message) => {
    test.reset();
    tell(message);
  });
  const acts = mayChange && (
    <Acts
      application={application}
      state={connection.state}
      configure={open}
      test={() => {
        tell(null);
        test.mutate();
      }}
      testing={test.isPending}
      activate={turnOn.activate}
    />
  );
  return (
    <Section title="Connection" actions={acts}>
      <Stack>
        <ConnectionFacts connection={connection} />
        {connection.state === 'paused' && (
          <Notice
            tone="bad"
            title="The connection is paused"
            action={mayChange && <Button onClick={turnOn.resume}>Resume</Button>}
          >
            {reasonOf(connection)} Nothing is lost: everything goes on where it was.
          </Notice>
        )}
        <div role="status">
          {told !== null && connection.state === 'active' && <Notice tone="info">{told}</Notice>}
          {test.data && <TestResult result={test.data} />}
        </div>
        {test.error && <Notice tone="bad">{asProblem(test.error).message}</Notice>}
      </Stack>
      {configuring && <Configure application={application} connection={tagged} onClose={close} />}
    </Section>
  );
}
