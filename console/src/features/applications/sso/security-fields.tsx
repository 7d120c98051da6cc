/** What is signed and encrypted, and the keys of the service provider for it. */
import { NativeSelect, SimpleGrid, Switch, Textarea } from '@mantine/core';
import { choicesOf, Part, type SsoForm } from './part';
import { ENCRYPTIONS, SIGNS } from './sso-choices';
import { LABELS } from './sso-form';
import { TextRows } from './text-rows';

const PEM_LINES = 4;

export const SecurityFields = ({ form }: { readonly form: SsoForm }) => (
  <Part title="Signing and encryption">
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect label={LABELS.sign} data={choicesOf(SIGNS)} {...form.getInputProps('sign')} />
      <NativeSelect label={LABELS.encrypt} data={choicesOf(ENCRYPTIONS)} {...form.getInputProps('encrypt')} />
    </SimpleGrid>
    <Switch
      label={LABELS.wantRequestsSigned}
      {...form.getInputProps('wantRequestsSigned', { type: 'checkbox' })}
    />
    <TextRows
      form={form}
      path="spCertificates.signing"
      texts={form.values.spCertificates.signing}
      label="Certificates by which its requests are checked"
      description="From the service provider’s metadata, or as PEM."
      noun="signing certificate"
      lines={PEM_LINES}
    />
    <Textarea
      label="Certificate to which assertions are encrypted"
      rows={PEM_LINES}
      {...form.getInputProps('spCertificates.encryption')}
      error={form.errors['spCertificates.encryption'] ?? form.errors.spCertificates}
    />
  </Part>
);
