/** Creating a user, and changing one. */
import { useForm } from '@mantine/form';
import type { Tagged } from '../../api/client';
import { readAnew } from '../../api/queries';
import { Editor } from '../../ui/editor';
import { notify } from '../../ui/notify';
import { useEdited } from '../../ui/use-edited';
import { nameOfUser } from '../../ui/words';
import { changeUser, createUser, userQuery, type User } from './queries';
import { UserFields } from './user-fields';
import { askBeforeEnd } from './acts';
import { changeOf, LABELS, NOBODY, valuesOf, type UserValues } from './user-form';

interface Props {
  readonly onClose: () => void;
}

export function NewUser({ onClose, onMade }: Props & { readonly onMade: (user: User) => void }) {
  const form = useForm<UserValues>({ initialValues: NOBODY });
  return (
    <Editor
      title="Create a user"
      act="Create user"
      form={form}
      save={(values) => createUser({ username: values.username, ...changeOf(NOBODY, values) })}
      onSaved={(user) => notify(`${nameOfUser(user)} was created.`)}
      goOn={onMade}
      onClose={onClose}
    >
      <UserFields form={form} />
    </Editor>
  );
}

/** What the button says by which somebody is active no more. */
const SAVE_AND = { suspended: 'Save and suspend', staged: 'Save as staged' } as const;

export function EditUser({ onClose, user }: Props & { readonly user: Tagged<User> }) {
  const { form, edited, readNewest } = useEdited({
    newest: user,
    valuesOf,
    labels: LABELS,
    read: () => readAnew(userQuery(user.value.id)),
    changedAt: ({ updatedAt }) => updatedAt,
  });
  return (
    <Editor
      title={`Edit ${nameOfUser(user.value)}`}
      act="Save changes"
      form={form}
      save={(values) => changeUser(edited, changeOf(valuesOf(edited.value), values))}
      onSaved={(saved) => notify(`${nameOfUser(saved)} was saved.`)}
      question={({ state }) =>
        edited.value.state === 'active' && state !== 'active'
          ? askBeforeEnd(edited.value, state, SAVE_AND[state])
          : null
      }
      onClose={onClose}
      readNewest={readNewest}
    >
      <UserFields form={form} />
    </Editor>
  );
}
