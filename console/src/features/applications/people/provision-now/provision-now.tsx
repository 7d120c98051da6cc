/** Provisions one user now, and shows each step as it happens. */
import { Button, Stack } from '@mantine/core';
import { asProblem } from '../../../../api/problem';
import { Dialog } from '../../../../ui/dialog';
import { DialogButtons } from '../../../../ui/dialog-buttons';
import { Notice } from '../../../../ui/notice';
import { Shown } from '../../../../ui/page-state';
import { useNothingSent } from '../nothing-sent';
import { useProvisioning } from './provisioning';
import { Steps } from './steps';

interface Props {
  readonly applicationId: string;
  readonly userId: string;
  readonly name: string;
  readonly onClose: () => void;
}

export function ProvisionNow({ applicationId, userId, name, onClose }: Props) {
  const provisioning = useProvisioning(applicationId, userId);
  const { begun, error, over, query, start, starting } = provisioning;
  const nothingSent = useNothingSent(applicationId);
  const running = starting || (begun !== null && !over);
  return (
    <Dialog opened onClose={onClose} title={`Provision ${name} now`} size="lg">
      <Stack>
        {nothingSent !== null && <Notice tone="warn">{nothingSent}</Notice>}
        <Shown query={query}>{(account) => <Steps account={account} provisioning={provisioning} />}</Shown>
        {error && <Notice tone="bad">{asProblem(error).message}</Notice>}
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button
            loading={running}
            disabled={nothingSent !== null || query.data === undefined}
            onClick={start}
          >
            {over ? 'Provision again' : 'Provision now'}
          </Button>
        </DialogButtons>
      </Stack>
    </Dialog>
  );
}
