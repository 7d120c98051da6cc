/** The fields of a user, new or known. */
import { Fieldset, Group, Input, SegmentedControl, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { FormRows, RemoveRow } from '../../ui/form-rows';
import { optionsOf, USER_STATES } from '../../ui/words';
import { LABELS, type AttributeRow, type UserValues } from './user-form';

interface Props {
  readonly form: UseFormReturnType<UserValues>;
}

const State = ({ form }: Props) => (
  <div>
    <Input.Label component="div" id="state-label">
      {LABELS.state}
    </Input.Label>
    <SegmentedControl
      fullWidth
      mt={4}
      data={optionsOf(USER_STATES)}
      aria-labelledby="state-label"
      {...form.getInputProps('state')}
    />
    <Text size="sm" c="dimmed" mt={4}>
      Only an active user may sign in and has accounts in applications.
    </Text>
  </div>
);

const NO_ATTRIBUTE: AttributeRow = { name: '', value: '' };

const Attribute = ({ form, index }: Props & { readonly index: number }) => (
  <Group gap="xs" wrap="nowrap" align="start">
    <TextInput
      aria-label={`Name of attribute ${index + 1}`}
      placeholder="Name"
      {...form.getInputProps(`attributes.${index}.name`)}
    />
    <TextInput
      aria-label={`Value of attribute ${index + 1}`}
      placeholder="Value"
      flex={1}
      {...form.getInputProps(`attributes.${index}.value`)}
    />
    <RemoveRow about={`attribute ${index + 1}`} onRemove={() => form.removeListItem('attributes', index)} />
  </Group>
);

const Attributes = ({ form }: Props) => (
  <Fieldset
    variant="unstyled"
    mx={0}
    styles={{ legend: { paddingInline: 0 } }}
    legend={<Input.Label component="span">{LABELS.attributes}</Input.Label>}
  >
    <FormRows
      add="Add an attribute"
      onAdd={() => form.insertListItem('attributes', NO_ATTRIBUTE)}
      error={form.errors.attributes}
    >
      {form.values.attributes.map((_row, index) => (
        <Attribute key={index} form={form} index={index} />
      ))}
    </FormRows>
  </Fieldset>
);

export const UserFields = ({ form }: Props) => (
  <>
    <TextInput
      label={LABELS.username}
      required
      autoComplete="off"
      data-autofocus
      {...form.getInputProps('username')}
    />
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput label={LABELS.firstname} autoComplete="off" {...form.getInputProps('firstname')} />
      <TextInput label={LABELS.lastname} autoComplete="off" {...form.getInputProps('lastname')} />
      <TextInput label={LABELS.displayname} autoComplete="off" {...form.getInputProps('displayname')} />
      <TextInput label={LABELS.email} type="email" autoComplete="off" {...form.getInputProps('email')} />
    </SimpleGrid>
    <State form={form} />
    <Attributes form={form} />
  </>
);
