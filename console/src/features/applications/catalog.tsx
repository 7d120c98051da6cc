/** What can be added. A connector is data on the server, so nothing here knows any of them. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Column } from '../../ui/data-table';
import { Editor } from '../../ui/editor';
import { Gate } from '../../ui/gate';
import { useUrlList } from '../../ui/list-state';
import { notify } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { Empty } from '../../ui/page-state';
import { ServerTable } from '../../ui/server-table';
import { LabelTaken } from './label-taken';
import { Logo } from './logo';
import { addApplication, catalogQuery, type Application, type Connector } from './queries';

const route = getRouteApi('/applications/new');

interface AddProps {
  readonly connector: Connector;
  readonly onAdded: (application: Application) => void;
  readonly onClose: () => void;
}

function AddApplication({ connector, onAdded, onClose }: AddProps) {
  const form = useForm({ initialValues: { label: connector.name } });
  return (
    <Editor
      title={`Add ${connector.name}`}
      act="Add application"
      form={form}
      save={({ label }) => addApplication({ connector: connector.key, label })}
      onSaved={({ label }) => notify(`${label} was added.`)}
      goOn={onAdded}
      onClose={onClose}
    >
      <TextInput
        label="Label"
        description="How people see it here and in their portal. You can change it later."
        required
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('label')}
      />
      <LabelTaken label={form.values.label} />
    </Editor>
  );
}

const columnsOf = (add: (connector: Connector) => void): readonly Column<Connector>[] => [
  {
    header: 'Application',
    cell: (connector) => (
      <Group gap="md" wrap="nowrap" flex={1}>
        <Logo src={connector.logo} size={40} />
        <div>
          <Text fw={500}>{connector.name}</Text>
          <Text size="sm" c="dimmed">
            {connector.description}
          </Text>
        </div>
        <Button
          variant="default"
          size="xs"
          ml="auto"
          flex="none"
          aria-label={`Add ${connector.name}`}
          onClick={() => add(connector)}
        >
          Add
        </Button>
      </Group>
    ),
  },
];

function Connectors() {
  const navigate = useNavigate();
  const [adding, setAdding] = useState<Connector | null>(null);
  const open = ({ id }: Application) => void navigate({ to: `/applications/${id}/sso` });
  return (
    <>
      <PageHeader title="Add New Application" crumb={{ to: '/applications', label: 'SSO Applications' }} />
      <ServerTable
        label="Catalog"
        noun="application"
        searches="Name of an application"
        list={useUrlList()}
        query={useQuery(catalogQuery(route.useSearch()))}
        columns={columnsOf(setAdding)}
        idOf={({ key }) => key}
        nameOf={({ name }) => name}
        empty={<Empty title="The catalog is empty">Tell whoever runs Rollcall.</Empty>}
      />
      {adding && <AddApplication connector={adding} onAdded={open} onClose={() => setAdding(null)} />}
    </>
  );
}

export const Catalog = () => (
  <Gate needs="administer" title="Add New Application">
    <Connectors />
  </Gate>
);
