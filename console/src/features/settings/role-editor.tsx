/** Giving somebody a role, and giving another one in its place. */
import { useForm } from '@mantine/form';
import { Editor } from '../../ui/editor';
import { notify } from '../../ui/notify';
import { UserSelect } from '../users/user-select';
import { giveRole, nameOfAdministrator, type Administrator, type Role } from './queries';
import { RoleChoice } from './role-choice';

interface Given {
  readonly userId: string;
  readonly role: Role;
}

interface Props {
  readonly onClose: () => void;
}

export function GiveRole({ onClose }: Props) {
  const form = useForm<Given>({
    initialValues: { userId: '', role: 'read-only' },
    validate: { userId: (userId) => (userId === '' ? 'Choose a person.' : null) },
  });
  return (
    <Editor
      title="Give a role"
      act="Give role"
      form={form}
      save={({ userId, role }) => giveRole(userId, role)}
      onSaved={(given) => notify(`${nameOfAdministrator(given)} holds a role now.`)}
      onClose={onClose}
    >
      <UserSelect
        label="Person"
        required
        data-autofocus
        comboboxProps={{ withinPortal: false }}
        {...form.getInputProps('userId')}
      />
      <RoleChoice {...form.getInputProps('role')} />
    </Editor>
  );
}

export function ChangeRole({ onClose, of }: Props & { readonly of: Administrator }) {
  const form = useForm<Pick<Given, 'role'>>({ initialValues: { role: of.role } });
  return (
    <Editor
      title={`Change the role of ${nameOfAdministrator(of)}`}
      act="Change role"
      form={form}
      save={({ role }) => giveRole(of.userId, role)}
      onSaved={() => notify(`${nameOfAdministrator(of)} holds another role now.`)}
      onClose={onClose}
    >
      <RoleChoice {...form.getInputProps('role')} />
    </Editor>
  );
}
