/** Deactivating a connection, from wherever it is offered (R5). */
import { Text } from '@mantine/core';
import { useConfirm } from '../../ui/confirm';
import { notify } from '../../ui/notify';
import { deactivateConnection, type Application } from './queries';

/** `const deactivate = useDeactivate(); deactivate(application)` asks first, and tells what came of it. */
export function useDeactivate() {
  const confirm = useConfirm();
  return ({ id, label }: Pick<Application, 'id' | 'label'>) =>
    confirm({
      title: `Deactivate the connection of ${label}?`,
      body: (
        <>
          <Text mb="xs">
            Every request to {label} stops at once. What it holds stays as it is: nobody loses an account, and
            nobody gets one.
          </Text>
          <Text>
            Who belongs to whom is remembered, so that a later activation goes on without duplicates.
          </Text>
        </>
      ),
      act: 'Deactivate connection',
      danger: true,
      run: async () => notify(await deactivateConnection(id)),
    });
}
