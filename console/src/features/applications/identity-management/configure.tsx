/** The token and the address of a connection. The token is written and never read (R4). */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../../ui/dialog';
import { DialogButtons } from '../../../ui/dialog-buttons';
import { Editor } from '../../../ui/editor';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { useDeactivate } from '../deactivate';
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

const titleOf = (label: string): string => `Configure the connection of ${label}`;

const OnlyInactive = ({ connection: { tokenLabel } }: { readonly connection: Connection }) => (
  <Notice tone="info">
    The {tokenLabel} and the {BASE_URL} can be changed only while the connection is inactive. Deactivate it
    first, and activate it afterwards: nobody loses an account by that.
  </Notice>
);

function Locked({ application, connection, onClose }: PartProps & Pick<Props, 'onClose'>) {
  const deactivate = useDeactivate();
  return (
    <Dialog opened onClose={onClose} title={titleOf(application.label)} size="lg">
      <Stack>
        <OnlyInactive connection={connection.value} />
        <DialogButtons>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => deactivate(application)}>Deactivate connection</Button>
        </DialogButtons>
      </Stack>
    </Dialog>
  );
}

/** What cannot be changed yet is no form; what was typed stays where somebody else activates the connection meanwhile. */
export function Configure(props: Props) {
  const isInactive = props.connection.value.state === 'inactive';
  const [unlocked, setUnlocked] = useState(isInactive);
  if (isInactive && !unlocked) setUnlocked(true);
  return unlocked ? <ConnectionForm {...props} /> : <Locked {...props} />;
}

function ConnectionForm({ onSaved, onClose, ...part }: Props) {
  const { label } = part.application;
  const connection = part.connection.value;
  const { tokenLabel, tokenHelp, tokenSet, baseUrlFixed, state } = connection;
  const labels = { token: tokenLabel, baseUrl: BASE_URL };
  const { form, edited, save, readNewest } = usePartForm({
    ...part,
    valuesOf,
    labels,
    validate: ({ baseUrl }) =>
      baseUrlFixed || baseUrl.trim() !== '' ? {} : { baseUrl: `Say where ${label} is provisioned.` },
  });
  return (
    <Editor
      title={titleOf(label)}
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
      {state !== 'inactive' && <OnlyInactive connection={connection} />}
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
