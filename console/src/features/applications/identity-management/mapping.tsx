/** The attribute mapping: what is sent of a user, with what it gives for somebody while it is written. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useConfirm } from '../../../ui/confirm';
import { EditorForm } from '../../../ui/editor';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import type { PartProps } from './identity-management';
import { MappingFields } from './mapping-fields';
import { PreviewPerson, useMappingPreview, type Person } from './mapping-preview';
import { usePartForm } from './part-form';
import type { Connection, MappingRow } from './queries';

const NEW_ROW: MappingRow = { target: '', label: '', expression: '', required: false, format: 'any' };

export interface MappingValues extends Record<string, unknown> {
  readonly mapping: MappingRow[];
}

const valuesOf = ({ mapping }: Connection): MappingValues => ({ mapping });

/** What saving means while the connection works. */
const reachOf = ({ application: { label }, connection }: PartProps) =>
  connection.value.state === 'active'
    ? {
        title: `Change what is sent to ${label}?`,
        body: `The connection is active: the difference is sent at once, for everybody who has an account in ${label}.`,
        act: 'Save and send',
      }
    : null;

export function MappingSection(props: PartProps) {
  const { application, connection } = props;
  const confirm = useConfirm();
  const [person, choose] = useState<Person | null>(null);
  const part = usePartForm({ ...props, valuesOf, labels: { mapping: 'The mapping' } });
  const { form, save } = part;
  const preview = useMappingPreview(application.id, person, form.values.mapping);
  const reset = () =>
    confirm({
      title: 'Take the mapping of the connector again?',
      body: `Every row becomes what the connector of ${application.label} has. While the connection is active, the difference is sent at once.`,
      act: 'Reset mapping',
      run: async () => part.onSaved(await save({ mapping: null })),
    });
  return (
    <Section
      title="Attribute mapping"
      about={`What ${application.label} is told of each user. Nothing else is sent.`}
      actions={
        connection.value.mappingChanged && (
          <Button variant="default" size="xs" onClick={reset}>
            Reset to the connector’s own
          </Button>
        )
      }
    >
      <EditorForm
        inPage="change"
        act="Save mapping"
        form={form}
        save={({ mapping }) => save({ mapping })}
        onSaved={(saved) => {
          notify(`The mapping of ${application.label} was saved.`);
          part.onSaved(saved);
        }}
        onClose={part.discard}
        readNewest={part.readNewest}
        question={() => reachOf(props)}
      >
        <PreviewPerson person={person} choose={choose} />
        {preview.problem !== null && <Notice tone="bad">{preview.problem}</Notice>}
        {form.errors.mapping !== undefined && <Notice tone="bad">{form.errors.mapping}</Notice>}
        <MappingFields form={form} resultOf={preview.resultOf} />
        <Group>
          <Button variant="default" size="xs" onClick={() => form.insertListItem('mapping', NEW_ROW)}>
            Add an attribute
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          A value is written as an expression over the user: user.email, user.firstname, user.attributes.team,
          trim(user.firstname + " " + user.lastname).
        </Text>
      </EditorForm>
    </Section>
  );
}
