/** People who leave a group: asked first, with what would follow of it. */
import { Text } from '@mantine/core';
import { useConfirm } from '../../ui/confirm';
import { notify } from '../../ui/notify';
import { count } from '../../ui/words';
import { RemovalConsequences } from './consequences';
import { changeMembers, type Group } from './queries';

interface Removal {
  readonly group: Pick<Group, 'id' | 'name'>;
  readonly ids: readonly string[];
  /** How they are called: `2 members`, `Ada Lovelace`. */
  readonly who: string;
  readonly onRemoved?: () => void;
}

/** `const remove = useRemoval(); remove({ group, ids, who })` */
export function useRemoval() {
  const confirm = useConfirm();
  return ({ group, ids, who, onRemoved }: Removal) =>
    confirm({
      title: `Remove ${who} from ${group.name}?`,
      body: (
        <>
          <Text mb="xs">They stay in the directory.</Text>
          <RemovalConsequences groupId={group.id} ids={ids} />
        </>
      ),
      act: `Remove ${who}`,
      danger: true,
      run: async () => {
        const { removed } = await changeMembers(group.id, { add: [], remove: ids });
        notify(`${count(removed, 'person', 'people')} left ${group.name}.`);
        onRemoved?.();
      },
    });
}
