/** What ticks would do, before they are saved; then saving them. */
import { Button, Group, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiProblem, asProblem } from '../../../api/problem';
import { readAnew } from '../../../api/queries';
import { useConfirm } from '../../../ui/confirm';
import { Notice } from '../../../ui/notice';
import { notify } from '../../../ui/notify';
import { Shown } from '../../../ui/page-state';
import { Saving, Unsaved } from '../../../ui/unsaved';
import { useSaving } from '../../../ui/use-saving';
import { capital, count } from '../../../ui/words';
import type { Application } from '../queries';
import classes from './bindings.module.css';
import { consequencesInWords } from './consequence-words';
import { changeBindings, consequencesQuery, type BindingChange, type Consequences } from './queries';

interface Props {
  readonly application: Application;
  readonly change: BindingChange;
  readonly discard: () => void;
}

function InWords({ consequences, label }: { readonly consequences: Consequences; readonly label: string }) {
  const { connection, held, reason } = consequences;
  return (
    <>
      <List size="sm">
        {consequencesInWords(consequences, label).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {held && (
        <Text size="sm" mt="xs" fw={600}>
          The deactivations would wait for your approval. {reason}
        </Text>
      )}
      {connection !== 'active' && (
        <Text size="sm" mt="xs">
          The connection is {connection}: nothing is sent before it is active.
        </Text>
      )}
    </>
  );
}

/** `Bind 2 groups and unbind 1 group` */
function actOf({ add, remove }: BindingChange): string {
  const bind = add.length > 0 && `bind ${count(add.length, 'group')}`;
  const unbind = remove.length > 0 && `unbind ${count(remove.length, 'group')}`;
  return capital([bind, unbind].filter((part) => part !== false).join(' and '));
}

/** `2 groups bound, 1 group unbound` */
const changedInWords = (added: number, removed: number): string =>
  [
    ...(added > 0 ? [`${count(added, 'group')} bound`] : []),
    ...(removed > 0 ? [`${count(removed, 'group')} unbound`] : []),
  ].join(', ') || 'nothing had to be changed';

/** Nothing was saved: somebody would lose an account, and whoever pressed the button is to be asked first. */
class Unconfirmed extends ApiProblem {
  readonly consequences: Consequences;

  constructor(consequences: Consequences, label: string) {
    const [loss] = consequencesInWords(consequences, label);
    super(-1, 'Not confirmed', `${loss} Nothing was saved: go back, and say whether you want that.`);
    this.consequences = consequences;
  }
}

/** Asks first where somebody would lose an account by now: what is on the screen was read when the last group was ticked. */
function useSave({ application: { id, label }, change, discard }: Props) {
  const confirm = useConfirm();
  const act = actOf(change);
  const save = async () => {
    const { added, removed } = await changeBindings(id, change);
    discard();
    notify(`${label}: ${changedInWords(added, removed)}.`);
  };
  const ask = (consequences: Consequences) =>
    confirm({
      title: `${act}?`,
      body: <InWords consequences={consequences} label={label} />,
      act,
      danger: true,
      run: save,
    });
  return useSaving({
    act,
    save: async () => {
      const consequences = await readAnew(consequencesQuery(id, change));
      if (consequences.users.deactivate > 0) throw new Unconfirmed(consequences, label);
      await save();
    },
    onFailed: (error) => error instanceof Unconfirmed && ask(error.consequences),
  });
}

export function PendingChange(props: Props) {
  const { application, change, discard } = props;
  const query = useQuery(consequencesQuery(application.id, change));
  const save = useSave(props);
  return (
    <section className={classes.pending} aria-label="What saving would do">
      <div role="status">
        <Shown query={query} lines={2}>
          {(consequences) => <InWords consequences={consequences} label={application.label} />}
        </Shown>
      </div>
      <Saving status={save.status} inPage />
      {!save.isPending && <Unsaved>What you ticked is not saved, and would be lost.</Unsaved>}
      {save.error && !(save.error instanceof Unconfirmed) && (
        <Notice tone="bad">{asProblem(save.error).message}</Notice>
      )}
      <Group gap="sm">
        <Button variant="default" onClick={discard} disabled={save.isPending}>
          Discard changes
        </Button>
        <Button loading={save.isPending} disabled={query.data === undefined} onClick={() => save.mutate()}>
          {actOf(change)}
        </Button>
      </Group>
    </section>
  );
}
