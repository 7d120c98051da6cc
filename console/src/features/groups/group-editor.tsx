/** Creating a group, and changing one. */
import { Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tagged } from '../../api/client';
import { Editor } from '../../ui/editor';
import { notify } from '../../ui/notify';
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
      opened
      title="Create a group"
      act="Create group"
      form={form}
      save={createGroup}
      onSaved={(group) => {
        notify(`The group ${group.name} was created.`);
        onMade(group);
      }}
      onClose={onClose}
    >
      <Fields form={form} />
    </Editor>
  );
}

export function EditGroup({ onClose, group }: Props & { readonly group: Tagged<Group> }) {
  const client = useQueryClient();
  const form = useForm<GroupValues>({ initialValues: valuesOf(group.value) });
  const [edited, setEdited] = useState(group);
  const readNewest = async () => {
    const now = await client.query({ ...groupQuery(group.value.id), staleTime: 0 });
    return {
      values: valuesOf(now.value),
      changedAt: now.value.updatedAt,
      labels: LABELS,
      accept: () => setEdited(now),
    };
  };
  return (
    <Editor
      opened
      title={`Edit ${group.value.name}`}
      act="Save changes"
      form={form}
      save={(values) => changeGroup(edited, values)}
      onSaved={({ name }) => {
        notify(`The group ${name} was saved.`);
        onClose();
      }}
      onClose={onClose}
      readNewest={readNewest}
    >
      <Fields form={form} />
    </Editor>
  );
}
