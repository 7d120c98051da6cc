/** The token and the address of a connection. The token is written and never read (R4). */
import { PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Editor } from '../../../ui/editor';
import { notify } from '../../../ui/notify';
import { applicationQuery } from '../queries';
import type { PartProps } from './identity-management';
import { changeConnection, connectionQuery, type Connection, type ConnectionChange } from './queries';

interface Values {
  readonly token: string;
  readonly baseUrl: string;
}

const valuesOf = ({ baseUrl }: Connection): Values => ({ token: '', baseUrl: baseUrl ?? '' });

/** Only what was typed: an empty token keeps the one that is set, an empty address is the connector's own. */
function changeOf(values: Values, before: Values): ConnectionChange {
  const baseUrl = values.baseUrl.trim();
  return {
    ...(values.token !== '' && { token: values.token.trim() }),
    ...(baseUrl !== before.baseUrl && { baseUrl: baseUrl === '' ? null : baseUrl }),
  };
}

export function Configure({
  application,
  connection,
  onClose,
}: PartProps & { readonly onClose: () => void }) {
  const client = useQueryClient();
  const { id, label } = application;
  const { tokenLabel, tokenHelp, tokenSet, baseUrlFixed } = connection.value;
  const [edited, setEdited] = useState(connection);
  const form = useForm<Values>({ initialValues: valuesOf(edited.value) });
  const readNewest = async () => {
    const now = await client.query({ ...connectionQuery(id), staleTime: 0 });
    const { value } = await client.query({ ...applicationQuery(id), staleTime: 0 });
    return {
      values: valuesOf(now.value),
      changedAt: value.updatedAt,
      labels: { token: tokenLabel, baseUrl: 'Address' },
      accept: () => setEdited(now),
    };
  };
  return (
    <Editor
      opened
      title={`Configure the connection of ${label}`}
      act="Save"
      form={form}
      save={(values) => changeConnection(id, edited.etag, changeOf(values, valuesOf(edited.value)))}
      onSaved={() => {
        notify(`The connection of ${label} was saved.`);
        onClose();
      }}
      onClose={onClose}
      readNewest={readNewest}
    >
      <PasswordInput
        label={tokenLabel}
        description={tokenHelp}
        placeholder={tokenSet ? 'Leave empty to keep the one that is set' : ''}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('token')}
      />
      <TextInput
        label="Address"
        description={
          baseUrlFixed
            ? `Where ${label} is provisioned. Leave it as it is, unless you have reason to use another one.`
            : `Where ${label} is provisioned: its SCIM base URL, as it says it itself.`
        }
        inputMode="url"
        autoComplete="off"
        required={!baseUrlFixed}
        {...form.getInputProps('baseUrl')}
      />
    </Editor>
  );
}
