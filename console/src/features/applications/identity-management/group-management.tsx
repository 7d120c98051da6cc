/** The switch of R7. */
import { Switch } from '@mantine/core';
import { useConfirm } from '../../../ui/confirm';
import { notify } from '../../../ui/notify';
import { Section } from '../../../ui/section';
import { saveConnectionPart, type PartProps } from './part-form';
import type { Connection } from './queries';

/** What comes of turning it. */
const CONSEQUENCES = {
  on: (label: string, state: Connection['state']) =>
    `All bound groups are brought in line in ${label} ${state === 'active' ? 'at once' : 'once the connection is active'}, with their members.`,
  off: (label: string) =>
    `Groups and memberships in ${label} stay as they are, and are looked after no more. Users are managed as before.`,
};

const valuesOf = ({ groupManagement }: Connection) => ({ groupManagement });

export function GroupManagement({ application, connection }: PartProps) {
  const confirm = useConfirm();
  const { label, id } = application;
  const on = connection.value.groupManagement;
  const turn = (groupManagement: boolean) =>
    confirm({
      title: groupManagement ? 'Manage groups and memberships?' : 'Stop managing groups and memberships?',
      body: CONSEQUENCES[groupManagement ? 'on' : 'off'](label, connection.value.state),
      act: groupManagement ? 'Manage groups' : 'Stop managing groups',
      run: async () => {
        await saveConnectionPart(id, connection, valuesOf, { groupManagement });
        notify(`Groups and memberships in ${label} are ${groupManagement ? 'managed' : 'managed no more'}.`);
      },
    });
  return (
    <Section title="Groups">
      <Switch
        label="Enable management of User Groups and Group Membership in this application"
        description={
          on
            ? `Bound groups are made in ${label}, and their members follow the directory.`
            : `Only users are managed. Groups in ${label} are left as they are.`
        }
        checked={on}
        onChange={({ currentTarget: { checked } }) => turn(checked)}
      />
    </Section>
  );
}
