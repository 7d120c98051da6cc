/** Threshold, rate and the other behaviours of a connection, drawn from behaviour-fields.ts. */
import { Accordion, Button, NumberInput, Select, SimpleGrid, Switch, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useConfirm } from '../../../ui/confirm';
import { EditorForm } from '../../../ui/editor';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import type { Connector } from '../queries';
import {
  behaviourFields,
  behaviourParts,
  type BehaviourField,
  type BehaviourPath,
  type BehaviourValues,
} from './behaviour-fields';
import { changedParts } from './changed-parts';
import type { PartProps } from './identity-management';
import { usePartForm } from './part-form';
import type { Connection, ConnectionChange } from './queries';

const valuesOf = ({ threshold, behaviour }: Connection): BehaviourValues => ({ threshold, behaviour });

function changeOf(before: BehaviourValues, after: BehaviourValues): ConnectionChange {
  const behaviour = changedParts(before.behaviour, after.behaviour);
  return {
    ...(changedParts(before.threshold, after.threshold) && { threshold: after.threshold }),
    ...(behaviour && { behaviour }),
  };
}

interface FieldProps {
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
function helpOf({ form, path, connector }: FieldProps): string | undefined {
  const field = behaviourFields[path];
  const own = ownValue(connector, path);
  const changed = own !== undefined && form.getInputProps(path).value !== own;
  const usual = changed ? `Usually: ${inWords(field, own)}.` : undefined;
  return [field.help, usual].filter((text) => text !== undefined).join(' ') || undefined;
}

function Field(props: FieldProps) {
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
        data={Object.entries(field.choices).map(([value, label]) => ({ value, label }))}
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

const Fields = ({ form, connector }: Omit<FieldProps, 'path'>) => (
  <Accordion multiple variant="separated" defaultValue={['leavers']} order={3}>
    {behaviourParts.map(({ key, title, about, paths }) => (
      <Accordion.Item key={key} value={key}>
        <Accordion.Control>{title}</Accordion.Control>
        <Accordion.Panel>
          {about !== undefined && (
            <Text c="dimmed" mb="md">
              {about}
            </Text>
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" verticalSpacing="md">
            {paths.map((path) => (
              <Field key={path} form={form} path={path} connector={connector} />
            ))}
          </SimpleGrid>
        </Accordion.Panel>
      </Accordion.Item>
    ))}
  </Accordion>
);

/** How each field is called. */
const labels = Object.fromEntries(Object.entries(behaviourFields).map(([path, { label }]) => [path, label]));

export function BehaviourSection(props: PartProps & { readonly connector: Connector }) {
  const { application, connector } = props;
  const confirm = useConfirm();
  const { form, save, readNewest, discard, onSaved } = usePartForm({ ...props, valuesOf, labels });
  const reset = () =>
    confirm({
      title: 'Take back what was set?',
      body: `${application.label} behaves as its connector knows it again, and the threshold is the usual one.`,
      act: 'Take back',
      run: async () => {
        onSaved(await save({ behaviour: null, threshold: null }));
      },
    });
  return (
    <Section
      title="Behaviour"
      about="What holds it back, how fast it goes, and how it is spoken to."
      actions={
        <Button variant="default" size="xs" onClick={reset}>
          Reset to the usual
        </Button>
      }
    >
      <EditorForm
        inPage="change"
        act="Save behaviour"
        form={form}
        save={(values) => save(changeOf(form.getInitialValues(), values))}
        onSaved={(saved) => {
          notify(`The behaviour of ${application.label} was saved.`);
          onSaved(saved);
        }}
        onClose={discard}
        readNewest={readNewest}
      >
        <Fields form={form} connector={connector} />
      </EditorForm>
    </Section>
  );
}
