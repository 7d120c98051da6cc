/** A sign-in to try, by whoever is signed in: as whom the application will know them is said beforehand. */
import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../../app/session';
import { Dialog } from '../../../ui/dialog';
import { DialogButtons } from '../../../ui/dialog-buttons';
import { Facts } from '../../../ui/facts';
import { Notice } from '../../../ui/notice';
import { Shown } from '../../../ui/page-state';
import type { Schemas } from '../../../api/client';
import { trialQuery } from './queries';

type Preview = Schemas['SignOnPreview'];

const Told = ({ claims }: { readonly claims: NonNullable<Preview['claims']> }) =>
  claims.attributes.length > 0 && (
    <div>
      <Text c="dimmed">These attributes are sent:</Text>
      <Facts of={claims.attributes.map(({ name, values }) => [name, values.join(', ')])} />
    </div>
  );

interface Props {
  readonly id: string;
  readonly startUrl: string;
  readonly onClose: () => void;
}

const Start = ({ onClose, startUrl }: Omit<Props, 'id'>) => (
  <DialogButtons>
    <Button variant="default" onClick={onClose}>
      Cancel
    </Button>
    <Button component="a" href={startUrl} target="_blank" rel="noopener" onClick={onClose}>
      Sign in, in a new tab
    </Button>
  </DialogButtons>
);

export function Trial({ id, ...start }: Props) {
  const { userId } = useSession();
  const query = useQuery(trialQuery(id, userId));
  return (
    <Dialog opened onClose={start.onClose} title="Test sign-in">
      <Shown query={query} lines={2}>
        {({ claims, message }) =>
          claims === null ? (
            <Notice tone="warn" title="You would not be let in">
              {message}
            </Notice>
          ) : (
            <Stack>
              <Text>{message}</Text>
              <Told claims={claims} />
              <Start {...start} />
            </Stack>
          )
        }
      </Shown>
    </Dialog>
  );
}
