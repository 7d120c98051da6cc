/** Activating a connection, or resuming one: what would be sent is said before, and what came of it afterwards (R3, R44). */
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useConfirm } from '../../../ui/confirm';
import { notify } from '../../../ui/notify';
import { Shown } from '../../../ui/page-state';
import { useGone } from '../../../ui/use-gone';
import { boundQuery } from '../bindings/queries';
import { NotSent } from '../plan/not-sent';
import { planQuery } from '../plan/queries';
import { summaryInWords } from '../plan/step-kinds';
import { statusQuery, type Application } from '../queries';
import { activateConnection, resumeConnection } from './queries';

/** What an activation would send, in words, before it is asked for. */
function WouldBeSent({ application }: { readonly application: Application }) {
  const query = useQuery(planQuery(application.id, { limit: 0 }));
  const { data: bound } = useQuery(boundQuery(application.id));
  const held = useQuery(statusQuery(application.id)).data?.held ?? 0;
  const nothing =
    bound?.total === 0 ? 'No group is bound yet. Nothing is sent before one is.' : 'Nothing has to be sent.';
  return (
    <Shown query={query} lines={1}>
      {({ summary }) => (
        <>
          <Text>{summaryInWords(summary, 'Then this is sent: ', nothing)}</Text>
          <NotSent summary={summary} held={held} />
        </>
      )}
    </Shown>
  );
}

/** Asks before the connection goes to work, and keeps what the application answered on the page, or tells it on the one after. */
export function useTurnOn(application: Application, tell: (message: string) => void) {
  const confirm = useConfirm();
  const gone = useGone();
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
      run: async () => {
        const message = await turnOn(id);
        (gone.current ? notify : tell)(message);
      },
    });
  return {
    activate: () => ask(`Activate the connection of ${label}?`, 'Activate', activateConnection),
    resume: () => ask(`Resume the connection of ${label}?`, 'Resume', resumeConnection),
  };
}
