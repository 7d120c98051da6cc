/** A certificate to compare, copy and download. */
import { Button, Modal, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CopyField } from '../../../ui/copy-field';
import { DialogButtons } from '../../../ui/dialog-buttons';
import type { Certificate } from './queries';

const fileOf = (pem: string): string => `data:application/x-pem-file,${encodeURIComponent(pem)}`;

export function CopyCertificate({
  certificate: { certificate, fingerprint, subject },
}: {
  readonly certificate: Certificate;
}) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="subtle" size="compact-sm" onClick={open}>
        Show
      </Button>
      <Modal opened={opened} onClose={close} title="Certificate" size="lg">
        <Stack>
          <CopyField label="Subject" value={subject} />
          <CopyField label="SHA-256 fingerprint" value={fingerprint} lines={4} />
          <CopyField label="PEM" value={certificate} lines={8} />
          <DialogButtons>
            <Button component="a" href={fileOf(certificate)} download="certificate.pem" variant="default">
              Download certificate
            </Button>
          </DialogButtons>
        </Stack>
      </Modal>
    </>
  );
}
