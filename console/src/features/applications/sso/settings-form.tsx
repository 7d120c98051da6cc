import { Box, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Tagged } from '../../../api/client';
import { EditorForm } from '../../../ui/editor';
import { notify } from '../../../ui/notify';
import { useEdited } from '../../../ui/use-edited';
import { applicationQuery } from '../queries';
import { MoreFields } from './more-fields';
import { changeSso, ssoQuery, type Sso } from './queries';
import { SecurityFields } from './security-fields';
import { ServiceProviderFields } from './service-provider-fields';
import { inputOf, LABELS, valuesOf } from './sso-form';
import { StatementFields } from './statement-fields';

interface Props {
  readonly id: string;
  readonly sso: Tagged<Sso>;
}

function useSsoForm({ id, sso }: Props) {
  const client = useQueryClient();
  const read = async () => {
    const now = await client.query({ ...ssoQuery(id), staleTime: 0 });
    const { value } = await client.query({ ...applicationQuery(id), staleTime: 0 });
    return { ...now, changedAt: value.updatedAt };
  };
  return useEdited({ newest: sso, valuesOf, labels: LABELS, read });
}

/** Every setting, whichever connector it is. */
export function SettingsForm({ id, sso }: Props) {
  const { accept, edited, form, readNewest } = useSsoForm({ id, sso });
  return (
    <Box maw={760}>
      <EditorForm
        act="Save changes"
        inPage="change"
        form={form}
        save={(values) => changeSso(id, edited, inputOf(edited.value, values))}
        onSaved={(saved) => {
          accept(saved);
          notify(`Single sign-on was saved. It is ${saved.value.enabled ? 'enabled' : 'off'}.`);
        }}
        onClose={form.reset}
        readNewest={readNewest}
      >
        <Switch
          label="Enable single sign-on (SAML 2.0)"
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
        <ServiceProviderFields form={form} asks={sso.value.asks} />
        <StatementFields form={form} />
        <SecurityFields form={form} />
        <MoreFields form={form} />
      </EditorForm>
    </Box>
  );
}
