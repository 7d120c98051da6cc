/** What the application is told of a person, attribute by attribute. */
import { NativeSelect, TextInput } from '@mantine/core';
import { FormRows, RemoveRow } from '../../../ui/form-rows';
import classes from './attribute-rows.module.css';
import { choicesOf, Part, type SsoForm } from './part';
import { KINDS, NAME_FORMATS } from './sso-choices';
import { LABELS, NEW_ATTRIBUTE } from './sso-form';

const ABOUT =
  'An expression is CEL over the user, such as user.email or user.firstname + " " + user.lastname. userName is the name that the application last accepted for the person. An empty result is left out.';

function Row({ form, index }: { readonly form: SsoForm; readonly index: number }) {
  const path = `attributes.${index}`;
  const number = index + 1;
  return (
    <div className={classes.row}>
      <TextInput
        label="Name"
        aria-label={`Name of attribute ${number}`}
        autoComplete="off"
        {...form.getInputProps(`${path}.name`)}
      />
      <NativeSelect
        label="Format"
        aria-label={`Format of the name of attribute ${number}`}
        data={choicesOf(NAME_FORMATS)}
        {...form.getInputProps(`${path}.nameFormat`)}
      />
      <NativeSelect
        label="Kind"
        aria-label={`Kind of attribute ${number}`}
        data={choicesOf(KINDS)}
        {...form.getInputProps(`${path}.kind`)}
      />
      <TextInput
        label="Value"
        aria-label={`Value of attribute ${number}`}
        autoComplete="off"
        className={classes.value}
        {...form.getInputProps(`${path}.text`)}
        // The server knows it as an expression or a constant of its row.
        error={form.errors[path]}
      />
      <div className={classes.remove}>
        <RemoveRow about={`attribute ${number}`} onRemove={() => form.removeListItem('attributes', index)} />
      </div>
    </div>
  );
}

export const AttributeRows = ({ form }: { readonly form: SsoForm }) => (
  <Part title={LABELS.attributes} about={ABOUT}>
    <FormRows
      add="Add an attribute"
      onAdd={() => form.insertListItem('attributes', NEW_ATTRIBUTE)}
      error={form.errors.attributes}
    >
      {form.values.attributes.map((_row, index) => (
        <Row key={index} form={form} index={index} />
      ))}
    </FormRows>
  </Part>
);
