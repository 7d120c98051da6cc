/** Who asks for sign-ins, and where the answers go. */
import { TextInput } from '@mantine/core';
import { Notice } from '../../../ui/notice';
import { Asks } from './asks';
import { Part, type SsoForm } from './part';
import type { Sso } from './queries';
import { derivesAnew, LABELS } from './sso-form';
import { TextRows } from './text-rows';

interface Props {
  readonly form: SsoForm;
  readonly asks: Sso['asks'];
}

export const ServiceProviderFields = ({ asks, form }: Props) => (
  <Part title="Service provider">
    <Asks form={form} asks={asks} />
    {derivesAnew(form.getInitialValues(), form.values) && (
      <Notice tone="info">
        The {LABELS.spEntityId} and the {LABELS.acsUrls} below are still those of before. They follow from
        what you changed, and are made anew when you save.
      </Notice>
    )}
    <TextInput
      label={LABELS.spEntityId}
      description="What the application calls itself; also its audience URI."
      autoComplete="off"
      {...form.getInputProps('spEntityId')}
    />
    <TextRows
      form={form}
      path="acsUrls"
      texts={form.values.acsUrls}
      label={LABELS.acsUrls}
      description="Where the application takes answers, such as https://app.example.com/saml/acs. The first one is the default."
      example="https://app.example.com/saml/acs"
      noun="ACS URL"
    />
  </Part>
);
