/** Deleting applications, from the list or from the panel of one: the number is typed first (R6). */
import { List, Text } from '@mantine/core';
import { useConfirm } from '../../ui/confirm';
import { notify } from '../../ui/notify';
import { count } from '../../ui/words';
import { deleteApplications, type Application } from './queries';

type Named = Pick<Application, 'id' | 'label'>;

const Consequences = ({ applications }: { readonly applications: readonly Named[] }) => (
  <>
    <List mb="xs" fw={600} listStyleType="none">
      {applications.map(({ id, label }) => (
        <List.Item key={id}>{label}</List.Item>
      ))}
    </List>
    <Text>
      Rollcall forgets the settings, the token and who has which account there; nobody signs in there through
      Rollcall any more. The accounts and groups in the application itself stay as they are. This cannot be
      undone.
    </Text>
  </>
);

/** `const remove = useDelete(whatComesThen); remove(applications)` */
export function useDelete(onDeleted: () => void | Promise<void>) {
  const confirm = useConfirm();
  return (applications: readonly Named[]) => {
    const number = applications.length;
    const what = count(number, 'application');
    confirm({
      title: `Delete ${what}?`,
      body: <Consequences applications={applications} />,
      act: 'Delete Application',
      danger: true,
      type: { label: 'Type how many applications you are deleting', text: String(number) },
      run: async () => {
        const ids = applications.map(({ id }) => id);
        await deleteApplications(ids, number);
        notify(`${what} ${number === 1 ? 'was' : 'were'} deleted.`);
        await onDeleted();
      },
    });
  };
}
