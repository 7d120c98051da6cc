/** The attribute mapping: what is sent of a user, with what it gives for somebody while it is written. */
import { Button, Text } from '@mantine/core';
import { useState, type ComponentProps } from 'react';
import { useConfirm } from '../../../ui/confirm';
import { EditorForm } from '../../../ui/editor';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { UserSelect } from '../../users/user-select';
import { MappingFields, type MappingValues } from './mapping-fields';
import { useMappingPreview } from './mapping-preview';
import { usePartForm, type PartProps } from './part-form';
import type { Connection, ConnectionChange } from './queries';

const valuesOf = ({ mapping }: Connection): MappingValues => ({ mapping });

const LABELS = { mapping: 'The mapping' } as const;

type Save = (change: ConnectionChange) => Promise<void>;

/** What saving means while the connection works. */
const reachOf = ({ application: { label }, connection }: PartProps) =>
  connection.value.state === 'active'
    ? {
        title: `Change what is sent to ${label}?`,
        body: `The connection is active: the difference is sent at once, for everybody who has an account in ${label}.`,
        act: 'Save and send',
      }
    : null;

const TriedOn = (chosen: Pick<ComponentProps<typeof UserSelect>, 'value' | 'onChange'>) => (
  <UserSelect
    label="Try it on somebody"
    description="Shows what each row gives for them, before you save."
    maw="26rem"
    clearable
    clearButtonProps={{ 'aria-label': 'Nobody' }}
    {...chosen}
  />
);

/** Back to the rows of the connector, where somebody changed them. */
function ResetMapping({ application, connection, save }: PartProps & { readonly save: Save }) {
  const confirm = useConfirm();
  if (!connection.value.mappingChanged) return null;
  const ask = () =>
    confirm({
      title: 'Take the mapping of the connector again?',
      body: `Every row becomes what the connector of ${application.label} has. While the connection is active, the difference is sent at once.`,
      act: 'Reset mapping',
      run: () => save({ mapping: null }),
    });
  return (
    <Button variant="default" size="xs" onClick={ask}>
      Reset to the connector’s own
    </Button>
  );
}

export function MappingSection(props: PartProps) {
  const { id, label } = props.application;
  const [userId, choose] = useState('');
  const { form, save, accept, readNewest } = usePartForm({ ...props, valuesOf, labels: LABELS });
  const preview = useMappingPreview(id, userId, form.values.mapping);
  return (
    <Section
      title="Attribute mapping"
      about={`What ${label} is told of each user. Nothing else is sent.`}
      actions={<ResetMapping {...props} save={async (change) => accept(await save(change))} />}
    >
      <EditorForm
        inPage="change"
        act="Save mapping"
        form={form}
        save={({ mapping }) => save({ mapping })}
        onSaved={(saved) => {
          notify(`The mapping of ${label} was saved.`);
          accept(saved);
        }}
        onClose={form.reset}
        readNewest={readNewest}
        question={() => reachOf(props)}
      >
        <TriedOn value={userId} onChange={choose} />
        {preview.problem !== null && <Notice tone="bad">{preview.problem}</Notice>}
        <MappingFields form={form} resultOf={preview.resultOf} />
        <Text size="sm" c="dimmed">
          A value is written as an expression over the user: user.email, user.firstname, user.attributes.team,
          trim(user.firstname + " " + user.lastname).
        </Text>
      </EditorForm>
    </Section>
  );
}
