/** The certificates that sign, and changing them without anybody being locked out: announce, activate, remove. */
import { Button, Group, Text } from '@mantine/core';
import { asProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { useConfirm } from '../../../ui/confirm';
import { actsColumn, DataTable, type Column } from '../../../ui/data-table';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { StateBadge } from '../../../ui/state-badge';
import { useSaving } from '../../../ui/use-saving';
import { When } from '../../../ui/when';
import { CERTIFICATE_STATES } from '../../../ui/words';
import { CopyCertificate } from './copy-certificate';
import { activateCertificate, makeCertificate, removeCertificate, type Certificate } from './queries';

interface Props {
  readonly id: string;
  readonly certificates: readonly Certificate[];
}

function useCertificateActs(id: string) {
  const confirm = useConfirm();
  return {
    activate: (certificate: Certificate) =>
      confirm({
        title: 'Let the next certificate sign?',
        body: (
          <Text>
            A service provider that does not know it yet refuses everybody who signs in. Give it the new
            certificate first, or see that it reads the metadata by itself. The one that signs now stays in
            the metadata until you remove it.
          </Text>
        ),
        act: 'Activate certificate',
        run: async () => {
          await activateCertificate(id, certificate.id);
          notify('The next certificate signs from now on.');
        },
      }),
    remove: (certificate: Certificate) =>
      confirm({
        title: 'Remove this certificate?',
        body: 'It leaves the metadata, and its key is gone. This cannot be undone.',
        act: 'Remove certificate',
        danger: true,
        run: async () => {
          await removeCertificate(id, certificate.id);
          notify('The certificate was removed.');
        },
      }),
  };
}

function Acts({ certificate, id }: { readonly certificate: Certificate; readonly id: string }) {
  const { activate, remove } = useCertificateActs(id);
  if (certificate.state === 'current') return null;
  return (
    <Group gap={4} justify="end" wrap="nowrap">
      {certificate.state === 'next' && (
        <Button variant="subtle" size="compact-sm" onClick={() => activate(certificate)}>
          Activate
        </Button>
      )}
      <Button variant="subtle" size="compact-sm" color="red" onClick={() => remove(certificate)}>
        Remove
      </Button>
    </Group>
  );
}

const columns: readonly Column<Certificate>[] = [
  { header: 'State', cell: ({ state }) => <StateBadge {...CERTIFICATE_STATES[state]} /> },
  { header: 'Expires', cell: ({ notAfter }) => <When at={notAfter} /> },
  { header: 'Certificate', cell: (certificate) => <CopyCertificate certificate={certificate} /> },
];

const MAKE = 'Make the next certificate';

export function Certificates({ certificates, id }: Props) {
  const mayChange = useMay()('administer');
  const making = useSaving({
    act: MAKE,
    save: () => makeCertificate(id),
    onSaved: () =>
      notify('The next certificate is in the metadata. Activate it once the service provider knows it.'),
  });
  const acts = actsColumn((certificate: Certificate) => <Acts id={id} certificate={certificate} />);
  return (
    <Section
      title="Certificates"
      about="Change them in three steps: make the next one, activate it once the service provider knows it, remove the old one."
      actions={
        mayChange && (
          <Button variant="default" size="xs" loading={making.isPending} onClick={() => making.mutate()}>
            {MAKE}
          </Button>
        )
      }
    >
      {making.error && <Notice tone="bad">{asProblem(making.error).message}</Notice>}
      <DataTable
        label="Certificates"
        rows={certificates}
        columns={mayChange ? [...columns, acts] : columns}
        idOf={(certificate) => certificate.id}
      />
    </Section>
  );
}
