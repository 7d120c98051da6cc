/** Giving somebody a role, and giving another one in its place. */
import { useForm } from '@mantine/form';
import { Editor } from '../../ui/editor';
import { notify } from '../../ui/notify';
import { UserSelect } from '../users/user-select';
import { giveRole, type Administrator, type Role } from './queries';
import { RoleChoice } from './role-choice';

interface Given {
  readonly userId: string;
  readonly role: Role;
}

const nameOf = ({ displayname, username }: Administrator): string => displayname ?? username;

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
      opened
      title="Give a role"
      act="Give role"
      form={form}
      save={({ userId, role }) => giveRole(userId, role)}
      onSaved={(given) => {
        notify(`${nameOf(given)} holds a role now.`);
        onClose();
      }}
      onClose={onClose}
    >
      <UserSelect label="Person" {...form.getInputProps('userId')} />
      <RoleChoice {...form.getInputProps('role')} />
    </Editor>
  );
}

export function ChangeRole({ onClose, of }: Props & { readonly of: Administrator }) {
  const form = useForm<Pick<Given, 'role'>>({ initialValues: { role: of.role } });
  return (
    <Editor
      opened
      title={`Change the role of ${nameOf(of)}`}
      act="Change role"
      form={form}
      save={({ role }) => giveRole(of.userId, role)}
      onSaved={() => {
        notify(`${nameOf(of)} holds another role now.`);
        onClose();
      }}
      onClose={onClose}
    >
      <RoleChoice {...form.getInputProps('role')} />
    </Editor>
  );
}
