/** What few service providers ask for. */
import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { choicesOf, Part, type SsoForm } from './part';
import { BINDINGS } from './sso-choices';
import { LABELS } from './sso-form';

export const MoreFields = ({ form }: { readonly form: SsoForm }) => (
  <Part title="Where people begin and end">
    <TextInput
      label={LABELS.defaultRelayState}
      description="Sent when somebody begins in Rollcall."
      autoComplete="off"
      {...form.getInputProps('defaultRelayState')}
    />
    <TextInput
      label={LABELS.signOnUrl}
      description="The application’s own page for signing in, for administrators to look up."
      autoComplete="off"
      {...form.getInputProps('signOnUrl')}
    />
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput label={LABELS.sloUrl} autoComplete="off" {...form.getInputProps('sloUrl')} />
      <NativeSelect
        label={LABELS.sloBinding}
        data={choicesOf(BINDINGS)}
        {...form.getInputProps('sloBinding')}
      />
    </SimpleGrid>
    <TextInput
      label={LABELS.sloResponseUrl}
      description="Where its own logout requests are answered, if that is another address."
      autoComplete="off"
      {...form.getInputProps('sloResponseUrl')}
    />
  </Part>
);
