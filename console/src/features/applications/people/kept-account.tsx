/** An account that stays against the directory, as somebody rejected that its user leaves: that can be taken back (R46). */
import { Button } from '@mantine/core';
import { useMay } from '../../../app/session';
import { useConfirm } from '../../../ui/confirm';
import { Notice } from '../../../ui/notice';
import { choose, type Account } from './queries';

interface Props {
  readonly applicationId: string;
  readonly account: Account;
}

export function KeptNotice({ applicationId, account: { kept, name, userId } }: Props) {
  const confirm = useConfirm();
  const mayChoose = useMay()('administer');
  if (!kept) return null;
  const letGo = () =>
    confirm({
      title: `Let ${name} leave?`,
      body: 'Their account is deactivated, as the directory asks for.',
      act: 'Deactivate the account',
      danger: true,
      run: () => choose(applicationId, userId, 'leave'),
    });
  const action = mayChoose && (
    <Button size="xs" variant="default" onClick={letGo}>
      Let them leave
    </Button>
  );
  return (
    <Notice tone="warn" title="The account is kept" action={action}>
      An administrator can let them leave after all: the account is then deactivated, as the directory asks
      for.
    </Notice>
  );
}
