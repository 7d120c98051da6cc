/** What the service provider has to be told: as one file, or piece by piece. */
import { Box, Button, Stack } from '@mantine/core';
import { CopyField } from '../../../ui/copy-field';
import { Section } from '../../../ui/section';
import type { Sso } from './queries';

interface Props {
  readonly id: string;
  readonly sso: Sso;
}

const DownloadMetadata = ({ id }: Pick<Props, 'id'>) => (
  <Button component="a" href={`/api/v1/applications/${id}/sso/metadata`} download variant="default" size="xs">
    Download metadata
  </Button>
);

export function IdentityProvider({ id, sso: { identityProvider } }: Props) {
  const { certificates, entityId, metadataUrl, sloUrl, ssoUrl, startUrl } = identityProvider;
  const current = certificates.find(({ state }) => state === 'current');
  return (
    <Section
      title="For the service provider"
      about={
        current
          ? 'Where it takes metadata, its address or the file is enough.'
          : 'These addresses stay as they are. The metadata and the certificate are made once single sign-on is saved above for the first time.'
      }
      actions={current && <DownloadMetadata id={id} />}
    >
      <Box maw={760}>
        <Stack>
          {current && <CopyField label="IdP metadata URL" value={metadataUrl} />}
          <CopyField label="IdP entity ID" value={entityId} />
          <CopyField label="SSO URL" value={ssoUrl} />
          <CopyField
            label="IdP-initiated sign-on URL"
            value={startUrl}
            description="Where people begin who begin in Rollcall."
          />
          <CopyField label="Single logout URL" value={sloUrl} />
          {current && <CopyField label="IdP certificate" value={current.certificate} lines={6} />}
        </Stack>
      </Box>
    </Section>
  );
}
