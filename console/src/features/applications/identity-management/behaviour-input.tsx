/** The input of one behaviour, drawn from behaviour-fields.ts, which says beside it what is usual for the application. */
import { NumberInput, Select, Switch } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Connector } from '../queries';
import {
  behaviourFields,
  type BehaviourField,
  type BehaviourPath,
  type BehaviourValues,
} from './behaviour-fields';

interface Props {
  readonly form: UseFormReturnType<BehaviourValues>;
  readonly path: BehaviourPath;
  readonly connector: Connector;
}

/** The connector's own value at a path; undefined for what is none of a connector's. */
function ownValue(connector: Connector, path: BehaviourPath): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
      connector,
    );
}

const inWords = (field: BehaviourField, value: unknown): string => {
  if (field.kind === 'choice') return field.choices[String(value)] ?? String(value);
  return field.kind === 'switch' ? (value === true ? 'on' : 'off') : String(value);
};

/** What there is to say of a field, and what the connector has where somebody set another value. */
function helpOf({ form, path, connector }: Props): string | undefined {
  const field = behaviourFields[path];
  const own = ownValue(connector, path);
  const changed = own !== undefined && form.getInputProps(path).value !== own;
  const usual = changed ? `Usually: ${inWords(field, own)}.` : undefined;
  return [field.help, usual].filter((text) => text !== undefined).join(' ') || undefined;
}

/** What can be chosen of a field: not every connector takes everything. */
function choicesOf(
  { path, connector }: Props,
  choices: Readonly<Record<string, string>>,
): { value: string; label: string }[] {
  const taken: readonly string[] =
    path === 'behaviour.users.deprovision' ? connector.deprovisions : Object.keys(choices);
  return taken.map((value) => ({ value, label: choices[value] ?? value }));
}

export function BehaviourInput(props: Props) {
  const { form, path } = props;
  const field = behaviourFields[path];
  const description = helpOf(props);
  const shared = { label: field.label, ...(description !== undefined && { description }) };
  if (field.kind === 'switch')
    return <Switch {...shared} {...form.getInputProps(path, { type: 'checkbox' })} />;
  if (field.kind === 'choice')
    return (
      <Select
        {...shared}
        allowDeselect={false}
        data={choicesOf(props, field.choices)}
        {...form.getInputProps(path)}
      />
    );
  return (
    <NumberInput
      {...shared}
      min={field.min}
      allowDecimal={!field.whole}
      {...(field.unit !== undefined && { suffix: ` ${field.unit}` })}
      {...form.getInputProps(path)}
    />
  );
}
