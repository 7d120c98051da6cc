/** What the application is told of a person. */
import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { AttributeRows } from './attribute-rows';
import { choicesOf, Part, type SsoForm } from './part';
import { GROUPS, NAME_FORMATS, NAME_ID_FORMATS } from './sso-choices';

const NameId = ({ form }: { readonly form: SsoForm }) => (
  <Part title="NameID" about="The name that the application knows a person by.">
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label="Format of the NameID"
        data={choicesOf(NAME_ID_FORMATS)}
        {...form.getInputProps('nameId.format')}
      />
      <TextInput label="Source of the NameID" autoComplete="off" {...form.getInputProps('nameId.source')} />
    </SimpleGrid>
  </Part>
);

const GroupAttribute = ({ form }: { readonly form: SsoForm }) => (
  <Part
    title="Groups"
    about="One attribute with the names of the person’s groups. Without a name, none is sent."
  >
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <TextInput
        label="Name of the attribute"
        autoComplete="off"
        {...form.getInputProps('groupAttribute.name')}
      />
      <NativeSelect
        label="Format of its name"
        data={choicesOf(NAME_FORMATS)}
        {...form.getInputProps('groupAttribute.nameFormat')}
      />
      <NativeSelect
        label="Which groups"
        data={choicesOf(GROUPS)}
        {...form.getInputProps('groupAttribute.groups')}
      />
    </SimpleGrid>
  </Part>
);

export const StatementFields = ({ form }: { readonly form: SsoForm }) => (
  <>
    <NameId form={form} />
    <AttributeRows form={form} />
    <GroupAttribute form={form} />
  </>
);
