/** The first settings, where the connector derives them from what it asks for. */
import { Box } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Tagged } from '../../../api/client';
import { EditorForm } from '../../../ui/editor';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { Asks } from './asks';
import { changeSso, type Sso } from './queries';
import { valuesOf } from './sso-form';

interface Props {
  readonly id: string;
  readonly sso: Tagged<Sso>;
}

const about = (required: boolean): string =>
  `Everything else follows from this; you can change it afterwards.${
    required
      ? ' The Identity Management connection can be activated only while single sign-on is enabled.'
      : ''
  }`;

export function SsoSetup({ id, sso }: Props) {
  const { asks, required } = sso.value;
  const form = useForm({ initialValues: { answers: valuesOf(sso.value).answers } });
  return (
    <Section title="Set up single sign-on" about={about(required)}>
      <Box maw={560}>
        <EditorForm
          act="Enable SSO"
          inPage="new"
          form={form}
          save={({ answers }) => changeSso(id, sso, { enabled: true, answers: { ...answers } })}
          onSaved={() => notify('Single sign-on is enabled.')}
          onClose={form.reset}
        >
          <Asks form={form} asks={asks} />
        </EditorForm>
      </Box>
    </Section>
  );
}
