/** SAML 2.0 single sign-on of an application: its settings, what the service provider is told, and a sign-in to try. */
import { Button, Group } from '@mantine/core';
import { useCounter, useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Tagged } from '../../../api/client';
import { useMay } from '../../../app/session';
import { Facts } from '../../../ui/facts';
import { Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { Certificates } from './certificates';
import { IdentityProvider } from './identity-provider';
import { MetadataUpload } from './metadata-upload';
import { ssoQuery, type Sso as Settings } from './queries';
import { SettingsForm } from './settings-form';
import { SsoSetup } from './setup';
import { describeSso } from './sso-words';
import { Trial } from './trial';

const route = getRouteApi('/applications/$applicationId/sso');

interface Props {
  readonly id: string;
  readonly sso: Tagged<Settings>;
}

/** `onApplied`: the settings are others now. */
function Tools({ id, onApplied, sso: { value } }: Props & { readonly onApplied: () => void }) {
  const mayChange = useMay()('administer');
  const [trying, trial] = useDisclosure();
  const [uploading, upload] = useDisclosure();
  return (
    <Group gap="sm">
      {mayChange && (
        <Button variant="default" size="xs" onClick={upload.open}>
          Upload metadata
        </Button>
      )}
      <Button variant="default" size="xs" onClick={trial.open}>
        Test sign-in
      </Button>
      {trying && <Trial id={id} startUrl={value.identityProvider.startUrl} onClose={trial.close} />}
      {uploading && <MetadataUpload id={id} before={value} onApplied={onApplied} onClose={upload.close} />}
    </Group>
  );
}

/** A connector that knows what to ask makes everything else of the answers; without settings there is nothing else yet. */
const isToBeSetUp = ({ asks, spEntityId }: Settings): boolean => asks.length > 0 && spEntityId === '';

function SettingsSection(props: Props) {
  const mayChange = useMay()('administer');
  const [round, { increment }] = useCounter();
  const { id, sso } = props;
  if (mayChange && isToBeSetUp(sso.value)) return <SsoSetup {...props} />;
  return (
    <Section title="Single sign-on" actions={<Tools {...props} onApplied={increment} />}>
      {mayChange ? <SettingsForm key={`${id} ${round}`} {...props} /> : <Facts of={describeSso(sso.value)} />}
    </Section>
  );
}

export function Sso() {
  const { applicationId: id } = route.useParams();
  return (
    <Shown query={useQuery(ssoQuery(id))}>
      {(sso) => (
        <>
          <SettingsSection id={id} sso={sso} />
          <IdentityProvider id={id} sso={sso.value} />
          {sso.value.identityProvider.certificates.length > 0 && (
            <Certificates id={id} certificates={sso.value.identityProvider.certificates} />
          )}
        </>
      )}
    </Shown>
  );
}
