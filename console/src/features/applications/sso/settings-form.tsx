/** Every setting of single sign-on, whichever connector it is. */
import { Box, Switch } from '@mantine/core';
import type { Tagged } from '../../../api/client';
import { readAnew } from '../../../api/queries';
import { EditorForm } from '../../../ui/editor';
import { notify } from '../../../ui/notify';
import { useEdited } from '../../../ui/use-edited';
import { applicationChangedAt } from '../queries';
import { MoreFields } from './more-fields';
import { changeSso, ssoQuery, type Sso } from './queries';
import { SecurityFields } from './security-fields';
import { ServiceProviderFields } from './service-provider-fields';
import { inputOf, labelsOf, valuesOf } from './sso-form';
import { StatementFields } from './statement-fields';

interface Props {
  readonly id: string;
  readonly sso: Tagged<Sso>;
}

export function SettingsForm({ id, sso }: Props) {
  const { accept, edited, form, readNewest } = useEdited({
    newest: sso,
    valuesOf,
    labels: labelsOf(sso.value),
    read: () => readAnew(ssoQuery(id)),
    changedAt: () => applicationChangedAt(id),
  });
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
