/** What people see of an application here and in their portal. */
import { Box, Textarea, TextInput } from '@mantine/core';
import type { Tagged } from '../../../api/client';
import { readAnew } from '../../../api/queries';
import { EditorForm } from '../../../ui/editor';
import { notify } from '../../../ui/notify';
import { useEdited } from '../../../ui/use-edited';
import { LabelTaken } from '../label-taken';
import { applicationQuery, type Application } from '../queries';
import { changeApplication } from './queries';

const LABELS = { label: 'Label', description: 'Description' } as const;

const valuesOf = ({ description, label }: Application) => ({ label, description: description ?? '' });

export function DetailsForm({ application }: { readonly application: Tagged<Application> }) {
  const { accept, edited, form, readNewest } = useEdited({
    newest: application,
    valuesOf,
    labels: LABELS,
    read: () => readAnew(applicationQuery(application.value.id)),
    changedAt: ({ updatedAt }) => updatedAt,
  });
  return (
    <Box maw={560}>
      <EditorForm
        act="Save changes"
        inPage="change"
        form={form}
        save={(values) => changeApplication(edited, values)}
        onSaved={(saved) => {
          accept(saved);
          notify(`${saved.value.label} was saved.`);
        }}
        onClose={form.reset}
        readNewest={readNewest}
      >
        <TextInput label={LABELS.label} required autoComplete="off" {...form.getInputProps('label')} />
        {form.isDirty('label') && <LabelTaken label={form.values.label} id={application.value.id} />}
        <Textarea
          label={LABELS.description}
          description="People see it under the label in their portal."
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
      </EditorForm>
    </Box>
  );
}
