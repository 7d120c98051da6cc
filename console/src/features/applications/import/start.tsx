/** What an import would do, as what its users begin, and then doing it. */
import { Button, Radio, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem } from '../../../api/problem';
import { Dialog } from '../../../ui/dialog';
import { DialogButtons } from '../../../ui/dialog-buttons';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { useSaving } from '../../../ui/use-saving';
import { count } from '../../../ui/words';
import type { Application } from '../queries';
import { correctionsOf, type Choice } from './choice';
import { UNMANAGED } from './import-words';
import { startImport, type Import } from './queries';

const STATES: readonly { value: Import['userState']; label: string; description: string }[] = [
  { value: 'staged', label: 'Staged', description: 'They cannot sign in before they are activated.' },
  { value: 'active', label: 'Active', description: 'They may sign in, once they have a password.' },
];

/** More than so many go on behind the answer (R32). */
const AT_ONCE = 100;

interface Props {
  readonly application: Application;
  readonly choice: Choice;
  readonly onClose: () => void;
}

const About = ({ application: { label }, choice: { chosen, number } }: Omit<Props, 'onClose'>) => (
  <Stack gap="xs">
    <Text>
      Each is created in the directory, or linked to whoever has that user name or email. Importing sends
      nothing to {label}.
    </Text>
    {'all' in chosen && chosen.all.show !== 'new' && <Text>Whoever is imported already is left out.</Text>}
    <Text>{UNMANAGED}</Text>
    {number > AT_ONCE && (
      <Text>
        It goes on in the background, also when you close the page. Where a mail server is set, an email comes
        to you when it is complete.
      </Text>
    )}
  </Stack>
);

export function StartImport({ application, choice, onClose }: Props) {
  const navigate = useNavigate();
  const [state, setState] = useState<Import['userState']>('staged');
  const users = count(choice.number, 'user');
  const act = `Import ${users}`;
  const start = useSaving({
    act,
    save: () => startImport(application.id, choice.chosen, state, correctionsOf(choice)),
    onSaved: () => notify(`The import of ${users} from ${application.label} has begun.`),
    // What was corrected goes with the import, so that nobody is asked about it.
    goOn: ({ id }) =>
      void navigate({ to: `/applications/${application.id}/import/${id}`, ignoreBlocker: true }),
  });
  return (
    <Dialog opened onClose={onClose} title={`${act}?`}>
      <Stack>
        <About application={application} choice={choice} />
        <Radio.Group label="Those who are created begin" value={state} onChange={(value) => setState(value)}>
          <Stack gap="xs" mt="xs">
            {STATES.map((each) => (
              <Radio key={each.value} {...each} />
            ))}
          </Stack>
        </Radio.Group>
        {start.error && <Notice tone="bad">{asProblem(start.error).message}</Notice>}
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button data-autofocus loading={start.isPending} onClick={() => start.mutate()}>
            {act}
          </Button>
        </DialogButtons>
      </Stack>
    </Dialog>
  );
}
