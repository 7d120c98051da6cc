/** Creating a group, and changing one. */
import { Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import type { Tagged } from '../../api/client';
import { readAnew } from '../../api/queries';
import { Editor } from '../../ui/editor';
import { notify } from '../../ui/notify';
import { useEdited } from '../../ui/use-edited';
import { changeGroup, createGroup, groupQuery, type Group } from './queries';

interface GroupValues {
  readonly name: string;
  readonly description: string;
}

const LABELS = { name: 'Name', description: 'Description' } as const;

const valuesOf = ({ name, description }: Group): GroupValues => ({ name, description: description ?? '' });

const Fields = ({ form }: { readonly form: UseFormReturnType<GroupValues> }) => (
  <>
    <TextInput
      label={LABELS.name}
      required
      autoComplete="off"
      data-autofocus
      {...form.getInputProps('name')}
    />
    <Textarea label={LABELS.description} autosize minRows={2} {...form.getInputProps('description')} />
  </>
);

interface Props {
  readonly onClose: () => void;
}

export function NewGroup({ onClose, onMade }: Props & { readonly onMade: (group: Group) => void }) {
  const form = useForm<GroupValues>({ initialValues: { name: '', description: '' } });
  return (
    <Editor
      title="Create a group"
      act="Create group"
      form={form}
      save={createGroup}
      onSaved={({ name }) => notify(`The group ${name} was created.`)}
      goOn={onMade}
      onClose={onClose}
    >
      <Fields form={form} />
    </Editor>
  );
}

export function EditGroup({ onClose, group }: Props & { readonly group: Tagged<Group> }) {
  const { form, edited, readNewest } = useEdited({
    newest: group,
    valuesOf,
    labels: LABELS,
    read: () => readAnew(groupQuery(group.value.id)),
    changedAt: ({ updatedAt }) => updatedAt,
  });
  return (
    <Editor
      title={`Edit ${group.value.name}`}
      act="Save changes"
      form={form}
      save={(values) => changeGroup(edited, values)}
      onSaved={({ name }) => notify(`The group ${name} was saved.`)}
      onClose={onClose}
      readNewest={readNewest}
    >
      <Fields form={form} />
    </Editor>
  );
}
