/** An account whose user name the application keeps: go on with it, or move to a new one (R15). */
import { Button, Group, Text } from '@mantine/core';
import { useMay } from '../../../app/session';
import { useConfirm } from '../../../ui/confirm';
import { Notice } from '../../../ui/notice';
import { choose, type Account } from './queries';

interface Props {
  readonly applicationId: string;
  readonly account: Account;
}

function useChoices({ applicationId, account: { attention, name, userId } }: Props) {
  const confirm = useConfirm();
  const [sent, kept] = [attention?.sent ?? '', attention?.kept ?? ''];
  return {
    keep: () =>
      confirm({
        title: `Keep the old account of ${name}?`,
        body: `They go on with the account "${kept}". Nobody is asked again until their user name changes.`,
        act: 'Keep the old account',
        run: () => choose(applicationId, userId, 'keep'),
      }),
    move: () =>
      confirm({
        title: `Move ${name} to a new account?`,
        body: (
          <>
            <Text mb="xs">The account "{kept}" is deactivated, and whatever belongs to it stays there.</Text>
            <Text>
              The account "{sent}" is created, or joined where it is there already, and gets their groups.
            </Text>
          </>
        ),
        act: 'Move to the new account',
        danger: true,
        run: () => choose(applicationId, userId, 'move'),
      }),
  };
}

export function ChoiceNotice(props: Props) {
  const { keep, move } = useChoices(props);
  const mayChoose = useMay()('administer');
  const { attention } = props.account;
  if (attention === null) return null;
  const action = mayChoose && (
    <Group gap="sm">
      <Button size="xs" variant="default" onClick={keep}>
        Keep the old account
      </Button>
      <Button size="xs" onClick={move}>
        Move to a new account
      </Button>
    </Group>
  );
  return (
    <Notice tone="warn" title="Somebody has to decide" action={action}>
      {attention.message}
    </Notice>
  );
}
