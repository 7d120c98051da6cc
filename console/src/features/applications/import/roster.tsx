/** How the reading of the application's users stands, and reading them again. */
import { Anchor, Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { asProblem } from '../../../api/problem';
import { useMay } from '../../../app/session';
import { Notice } from '../../../ui/notice';
import { Empty } from '../../../ui/page-state';
import { ProgressPanel } from '../../../ui/progress-panel';
import { useSaving } from '../../../ui/use-saving';
import { When } from '../../../ui/when';
import { count } from '../../../ui/words';
import { statusQuery, type Application } from '../queries';
import classes from './import.module.css';
import { readUsers, type Roster } from './queries';

interface Props {
  readonly application: Application;
  readonly roster: Roster;
}

/** Reads the users of the application; where that cannot be, says why and what to do. */
function ReadUsers({ application: { id, label }, roster }: Props) {
  const state = useQuery(statusQuery(id)).data?.state ?? 'active';
  const mayRead = useMay()('directory');
  const act = roster.state === 'never' ? `Read the users of ${label}` : 'Read again';
  const read = useSaving({ act, save: () => readUsers(id) });
  if (!mayRead) return null;
  if (state !== 'active')
    return (
      <Text>
        The connection is {state}, so the users of {label} cannot be read now.{' '}
        <Anchor component={Link} to={`/applications/${id}/identity-management`} underline="always">
          To Identity Management
        </Anchor>
      </Text>
    );
  return (
    <>
      <Button
        size={roster.state === 'never' ? 'sm' : 'xs'}
        variant={roster.state === 'never' ? 'filled' : 'default'}
        loading={read.isPending}
        onClick={() => read.mutate()}
      >
        {act}
      </Button>
      {read.error && <Notice tone="bad">{asProblem(read.error).message}</Notice>}
    </>
  );
}

const Reading = ({ application: { label }, roster: { seen } }: Props) => (
  <div className={classes.above}>
    <ProgressPanel
      said={`Reading the users of ${label}: ${count(seen, 'user')} so far.`}
      done="unknown"
      label="Read"
    />
  </div>
);

/** Where nobody has read them yet, in the place of the list. */
export const NobodyRead = (props: Props) => (
  <Empty title="The users have not been read yet" action={<ReadUsers {...props} />}>
    Reading looks at who is in {props.application.label}, and changes nothing there.
  </Empty>
);

export function RosterState(props: Props) {
  const { roster } = props;
  if (roster.state === 'reading') return <Reading {...props} />;
  if (roster.state === 'failed')
    return (
      <div className={classes.above}>
        <Notice tone="bad" title="The users could not be read" action={<ReadUsers {...props} />}>
          {roster.message}{' '}
          {roster.readAt !== null && (
            <>
              The list below was read <When at={roster.readAt} />.
            </>
          )}
        </Notice>
      </div>
    );
  return (
    <div className={classes.roster}>
      <Text c="dimmed" role="status">
        {roster.readAt === null ? (
          'Nobody has read the users to their end yet.'
        ) : (
          <>
            {count(roster.seen, 'user')}, read <When at={roster.readAt} />.
          </>
        )}
      </Text>
      <ReadUsers {...props} />
    </div>
  );
}
