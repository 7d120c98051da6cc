/** A link by which somebody sets a new password: by mail, or to hand over. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { asProblem } from '../../../api/problem';
import { CopyField } from '../../../ui/copy-field';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { nameOfUser } from '../../../ui/words';
import type { User } from '../queries';
import { resetPassword } from './queries';

interface LinkProps {
  readonly name: string;
  readonly link: string;
  readonly onClose: () => void;
}

const HandOver = ({ name, link, onClose }: LinkProps) => (
  <Modal opened onClose={onClose} title="A link for a new password">
    <Stack>
      <Text>Hand it to {name} in person. It works once, within the hour, and is not shown again.</Text>
      <CopyField label="Link" value={link} />
    </Stack>
  </Modal>
);

export function ResetPassword({ user }: { readonly user: User }) {
  const name = nameOfUser(user);
  const reset = useMutation({
    mutationFn: (deliver: 'mail' | 'link') => resetPassword(user.id, deliver),
    onSuccess: (link) => {
      if (link === null) notify(`${name} gets a link by mail.`);
    },
  });
  const send = (deliver: 'mail' | 'link', label: string) => (
    <Button
      variant="default"
      size="xs"
      loading={reset.isPending && reset.variables === deliver}
      disabled={reset.isPending}
      onClick={() => reset.mutate(deliver)}
    >
      {label}
    </Button>
  );
  return (
    <Section title="Password" about="They set a new one by a link that works once, within the hour.">
      <Stack gap="sm">
        {reset.error && <Notice tone="bad">{asProblem(reset.error).message}</Notice>}
        <Group gap="sm">
          {send('mail', 'Send the link by mail')}
          {send('link', 'Make a link to hand over')}
        </Group>
      </Stack>
      {typeof reset.data === 'string' && <HandOver name={name} link={reset.data} onClose={reset.reset} />}
    </Section>
  );
}
