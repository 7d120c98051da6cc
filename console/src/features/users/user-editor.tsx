/** Creating a user, and changing one. */
import {
  ActionIcon,
  Input,
  Button,
  Fieldset,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import IconX from '@tabler/icons-react/icons/IconX';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Tagged } from '../../api/client';
import { Editor } from '../../ui/editor';
import { notify } from '../../ui/notify';
import { nameOfUser, USER_STATES } from '../../ui/words';
import { changeUser, createUser, userQuery, userStates, type User } from './queries';
import { changeOf, LABELS, NOBODY, valuesOf, type UserValues } from './user-form';

type Form = UseFormReturnType<UserValues>;

const states = userStates.map((value) => ({ value, label: USER_STATES[value].label }));

function State({ form }: { readonly form: Form }) {
  return (
    <div>
      <Input.Label component="div" id="state-label">
        {LABELS.state}
      </Input.Label>
      <SegmentedControl
        fullWidth
        mt={4}
        data={states}
        aria-labelledby="state-label"
        {...form.getInputProps('state')}
      />
      <Text size="sm" c="dimmed" mt={4}>
        Only an active user may sign in and has accounts in applications.
      </Text>
    </div>
  );
}

function Attributes({ form }: { readonly form: Form }) {
  return (
    <Fieldset legend={<Input.Label component="span">{LABELS.attributes}</Input.Label>} variant="unstyled">
      <Stack gap="xs">
        {form.values.attributes.map((_row, index) => (
          <Group key={index} gap="xs" wrap="nowrap" align="start">
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
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove attribute ${index + 1}`}
              onClick={() => form.removeListItem('attributes', index)}
            >
              <IconX size={17} />
            </ActionIcon>
          </Group>
        ))}
        {form.errors.attributes && (
          <Text c="error" size="sm">
            {form.errors.attributes}
          </Text>
        )}
        <Button
          variant="subtle"
          size="xs"
          style={{ alignSelf: 'start' }}
          onClick={() => form.insertListItem('attributes', { name: '', value: '' })}
        >
          Add an attribute
        </Button>
      </Stack>
    </Fieldset>
  );
}

const Fields = ({ form }: { readonly form: Form }) => (
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

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function NewUser({ opened, onClose, onMade }: Props & { readonly onMade: (user: User) => void }) {
  const form = useForm<UserValues>({ initialValues: NOBODY });
  return (
    <Editor
      opened={opened}
      title="Create a user"
      act="Create user"
      form={form}
      save={(values) => createUser({ username: values.username, ...changeOf(NOBODY, values) })}
      onSaved={(user) => {
        notify(`${nameOfUser(user)} was created.`);
        onMade(user);
      }}
      onClose={onClose}
    >
      <Fields form={form} />
    </Editor>
  );
}

export function EditUser({ opened, onClose, user }: Props & { readonly user: Tagged<User> }) {
  const client = useQueryClient();
  const form = useForm<UserValues>({ initialValues: valuesOf(user.value) });
  const [edited, setEdited] = useState(user);
  const readNewest = async () => {
    const now = await client.query({ ...userQuery(user.value.id), staleTime: 0 });
    return {
      values: valuesOf(now.value),
      changedAt: now.value.updatedAt,
      labels: LABELS,
      accept: () => setEdited(now),
    };
  };
  return (
    <Editor
      opened={opened}
      title={`Edit ${nameOfUser(user.value)}`}
      act="Save changes"
      form={form}
      save={(values) => changeUser(edited, changeOf(valuesOf(edited.value), values))}
      onSaved={(saved) => {
        notify(`${nameOfUser(saved)} was saved.`);
        onClose();
      }}
      onClose={onClose}
      readNewest={readNewest}
    >
      <Fields form={form} />
    </Editor>
  );
}
