/** Threshold, rate and the other behaviours of a connection, drawn from behaviour-fields.ts. */
import { Accordion, Button, SimpleGrid, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useConfirm } from '../../../ui/confirm';
import { EditorForm } from '../../../ui/editor';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import type { Connector } from '../queries';
import { behaviourFields, behaviourParts, type BehaviourValues } from './behaviour-fields';
import { BehaviourInput } from './behaviour-input';
import { changedParts } from './changed-parts';
import { usePartForm, type PartProps } from './part-form';
import type { Connection, ConnectionChange } from './queries';

const valuesOf = ({ threshold, behaviour }: Connection): BehaviourValues => ({ threshold, behaviour });

function changeOf(before: BehaviourValues, after: BehaviourValues): ConnectionChange {
  const behaviour = changedParts(before.behaviour, after.behaviour);
  return {
    ...(changedParts(before.threshold, after.threshold) && { threshold: after.threshold }),
    ...(behaviour && { behaviour }),
  };
}

interface FieldsProps {
  readonly form: UseFormReturnType<BehaviourValues>;
  readonly connector: Connector;
}

const Fields = ({ form, connector }: FieldsProps) => (
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
          <SimpleGrid
            cols={{ base: 1, sm: 2 }}
            spacing="lg"
            verticalSpacing="md"
            style={{ alignItems: 'end' }}
          >
            {paths.map((path) => (
              <BehaviourInput key={path} form={form} path={path} connector={connector} />
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
  const { form, save, readNewest, accept } = usePartForm({ ...props, valuesOf, labels });
  const reset = () =>
    confirm({
      title: 'Take back what was set?',
      body: `${application.label} behaves as its connector knows it again, and the threshold is the usual one.`,
      act: 'Take back',
      run: async () => {
        accept(await save({ behaviour: null, threshold: null }));
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
          accept(saved);
        }}
        onClose={form.reset}
        readNewest={readNewest}
      >
        <Fields form={form} connector={connector} />
      </EditorForm>
    </Section>
  );
}
