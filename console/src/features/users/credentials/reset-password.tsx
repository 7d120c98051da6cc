/** A link by which somebody sets a new password: by mail, or to hand over. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { asProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { CopyField } from '../../../ui/copy-field';
import { Dialog } from '../../../ui/dialog';
import { DialogButtons } from '../../../ui/dialog-buttons';
import { Notice } from '../../../ui/notice';
import { notify, notifyFailure } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { Unsaved } from '../../../ui/unsaved';
import { useSaving } from '../../../ui/use-saving';
import { nameOfUser } from '../../../ui/words';
import { mailQuery } from '../../settings/queries';
import type { User } from '../queries';
import { resetPassword } from './queries';

interface LinkProps {
  readonly name: string;
  readonly link: string;
  readonly onClose: () => void;
}

const HandOver = ({ name, link, onClose }: LinkProps) => (
  <Dialog
    opened
    onClose={onClose}
    title="A link for a new password"
    closeOnClickOutside={false}
    closeOnEscape={false}
  >
    <Stack>
      <Text>Hand it to {name} in person. It works once, within the hour, and is not shown again.</Text>
      <CopyField label="Link" value={link} />
      <Unsaved act="Leave without the link">Copy it first: the link is not shown again.</Unsaved>
      <DialogButtons>
        <Button onClick={onClose}>I have copied it</Button>
      </DialogButtons>
    </Stack>
  </Dialog>
);

const ACTS = { mail: 'Send the link by mail', link: 'Make a link to hand over' } as const;

function useReset(user: User, deliver: keyof typeof ACTS) {
  const name = nameOfUser(user);
  return useSaving({
    act: ACTS[deliver],
    save: () => resetPassword(user.id, deliver),
    onSaved: (link) => {
      if (link === null) notify(`${name} gets a link by mail.`);
    },
    onSavedElsewhere: (link) => {
      if (link !== null)
        notifyFailure(
          `A link for a new password of ${name} was made, but was not shown to you. Make another one.`,
        );
    },
  });
}

/** Whether nobody gets mail. Only administrators are told; for others, it is tried. */
function useLacksMail(): boolean {
  const mayAsk = useMay()('administer');
  return useQuery({ ...mailQuery, enabled: mayAsk }).data?.server === null;
}

export function ResetPassword({ user }: { readonly user: User }) {
  const resets = { mail: useReset(user, 'mail'), link: useReset(user, 'link') };
  const { mail, link } = resets;
  const lacksMail = useLacksMail();
  const error = mail.error ?? link.error;
  const send = (deliver: keyof typeof ACTS) => (
    <Button
      variant="default"
      size="xs"
      loading={resets[deliver].isPending}
      disabled={mail.isPending || link.isPending}
      onClick={() => {
        mail.reset();
        link.reset();
        resets[deliver].mutate();
      }}
    >
      {ACTS[deliver]}
    </Button>
  );
  return (
    <Section
      title="Password"
      about="They set a new one by a link that works once, within the hour. Their sessions end then."
    >
      <Stack gap="sm">
        {error && <Notice tone="bad">{asProblem(error).message}</Notice>}
        <Group gap="sm">
          {!lacksMail && send('mail')}
          {send('link')}
        </Group>
        {lacksMail && (
          <Text size="sm" c="dimmed">
            No mail server is set, so that the link cannot be sent. Settings, under Mail, say how to set one.
          </Text>
        )}
      </Stack>
      {typeof link.data === 'string' && (
        <HandOver name={nameOfUser(user)} link={link.data} onClose={link.reset} />
      )}
    </Section>
  );
}
