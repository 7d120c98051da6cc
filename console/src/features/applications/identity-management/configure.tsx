/** The token and the address of a connection. The token is written and never read (R4). */
import { PasswordInput, TextInput } from '@mantine/core';
import { Editor } from '../../../ui/editor';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { usePartForm, type PartProps } from './part-form';
import type { Connection, ConnectionChange } from './queries';

interface Values {
  readonly token: string;
  readonly baseUrl: string;
}

const BASE_URL = 'Base URL';

const valuesOf = ({ baseUrl }: Connection): Values => ({ token: '', baseUrl: baseUrl ?? '' });

/** Only what was typed: an empty token keeps the one that is set, an empty address is the connector's own. */
function changeOf(values: Values, before: Values): ConnectionChange {
  const baseUrl = values.baseUrl.trim();
  return {
    ...(values.token !== '' && { token: values.token.trim() }),
    ...(baseUrl !== before.baseUrl && { baseUrl: baseUrl === '' ? null : baseUrl }),
  };
}

/** What the address is, and whether there is anything to do about it. */
const addressHelp = (label: string, { baseUrlFixed }: Connection): string =>
  baseUrlFixed
    ? `Where ${label} is provisioned. Leave it as it is, unless you have reason to use another one.`
    : `Where ${label} is provisioned: its SCIM base URL, as it says it itself.`;

interface Props extends PartProps {
  /** What was found out with the token and the address before is true no more. */
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function Configure({ onSaved, onClose, ...part }: Props) {
  const { label } = part.application;
  const connection = part.connection.value;
  const { tokenLabel, tokenHelp, tokenSet, baseUrlFixed, state } = connection;
  const labels = { token: tokenLabel, baseUrl: BASE_URL };
  const { form, edited, save, readNewest } = usePartForm({ ...part, valuesOf, labels });
  return (
    <Editor
      title={`Configure the connection of ${label}`}
      act="Save connection"
      form={form}
      save={(values) => save(changeOf(values, valuesOf(edited.value)))}
      onSaved={() => {
        onSaved();
        notify(`The connection of ${label} was saved.`);
      }}
      onClose={onClose}
      readNewest={readNewest}
    >
      {state !== 'inactive' && (
        <Notice tone="info">
          The {tokenLabel} and the {BASE_URL} can be changed only while the connection is inactive. Deactivate
          it first, and activate it afterwards: nobody loses an account by that.
        </Notice>
      )}
      <PasswordInput
        label={tokenLabel}
        description={tokenHelp}
        placeholder={tokenSet ? 'Leave empty to keep the one that is set' : ''}
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('token')}
      />
      <TextInput
        label={BASE_URL}
        description={addressHelp(label, connection)}
        inputMode="url"
        autoComplete="off"
        required={!baseUrlFixed}
        {...form.getInputProps('baseUrl')}
      />
    </Editor>
  );
}
