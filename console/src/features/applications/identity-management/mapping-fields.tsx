/** The rows of the mapping, each with what it gives for the person who was chosen. */
import { Checkbox, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Schemas } from '../../../api/client';
import { FormRows, RemoveRow } from '../../../ui/form-rows';
import classes from './mapping.module.css';
import type { MappingRow } from './queries';

type Result = Schemas['MappedRow'];

export interface MappingValues {
  readonly mapping: MappingRow[];
}

const NEW_ROW: MappingRow = { target: '', label: '', expression: '', required: false, format: 'any' };

/** What a row gives, what is wrong with it, and what is there now where that is something else. */
function Gives({ result }: { readonly result: Result }) {
  const { error, value, holds } = result;
  if (error !== null)
    return (
      <Text size="sm" c="var(--bad)">
        {error}
      </Text>
    );
  return (
    <Text size="sm">
      {value === null ? (
        'Gives nothing, so it is left out.'
      ) : (
        <>
          <span className={classes.quiet}>Gives</span> <strong>{String(value)}</strong>
        </>
      )}
      {holds !== null && holds !== value && (
        <span className={classes.quiet}> · there now: {String(holds)}</span>
      )}
    </Text>
  );
}

interface RowProps {
  readonly form: UseFormReturnType<MappingValues>;
  readonly index: number;
  readonly result: Result | undefined;
}

function Row({ form, index, result }: RowProps) {
  const at = `mapping.${index}`;
  const row = `row ${index + 1}`;
  const { format } = form.values.mapping[index] ?? {};
  return (
    <li className={classes.row}>
      <TextInput
        label="Called"
        aria-label={`Called, ${row}`}
        autoComplete="off"
        {...form.getInputProps(`${at}.label`)}
      />
      <TextInput
        label="Attribute there"
        aria-label={`Attribute there, ${row}`}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps(`${at}.target`)}
      />
      <div className={classes.rules}>
        <Checkbox
          label="Required"
          aria-label={`Required, ${row}`}
          {...form.getInputProps(`${at}.required`, { type: 'checkbox' })}
        />
        <Checkbox
          label="An email address"
          aria-label={`An email address, ${row}`}
          checked={format === 'email'}
          onChange={({ currentTarget: { checked } }) =>
            form.setFieldValue(`${at}.format`, checked ? 'email' : 'any')
          }
        />
        <RemoveRow about={row} onRemove={() => form.removeListItem('mapping', index)} />
      </div>
      <TextInput
        label="Value"
        aria-label={`Value, ${row}`}
        className={classes.expression ?? ''}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps(`${at}.expression`)}
      />
      {result && (
        <div className={classes.gives}>
          <Gives result={result} />
        </div>
      )}
    </li>
  );
}

interface Props {
  readonly form: UseFormReturnType<MappingValues>;
  readonly resultOf: (index: number) => Result | undefined;
}

export const MappingFields = ({ form, resultOf }: Props) => (
  <FormRows
    add="Add an attribute"
    onAdd={() => form.insertListItem('mapping', NEW_ROW)}
    error={form.errors.mapping}
  >
    <ol className={classes.rows} aria-label="Attribute mapping">
      {form.values.mapping.map((_row, index) => (
        <Row key={index} form={form} index={index} result={resultOf(index)} />
      ))}
    </ol>
  </FormRows>
);
