/** A plan without steps: that all is well, or why nobody is to get an account. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty } from '../../../ui/page-state';
import { boundQuery } from '../bindings/queries';
import type { Application } from '../queries';

interface Props {
  readonly application: Application;
  /** Whether the connection is. */
  readonly inactive: boolean;
  /** Whether somebody has to decide on an account. */
  readonly undecided: boolean;
  /** Whether somebody is kept against the directory. */
  readonly kept: boolean;
}

function nothingInWords(bound: number | undefined, { inactive, undecided, kept }: Props): string {
  if (bound === 0) return 'No group is bound. Bind one, and its members get an account.';
  if (inactive) return 'No bound group has members who need an account.';
  if (undecided) return 'Everything else is as it should be.';
  if (kept) return 'Everybody in a bound group has an account as it should be, and those who are kept stay.';
  return 'Everybody in a bound group has an account as it should be. There is nothing to send.';
}

function titleOf({ application, inactive, undecided, kept }: Props): string {
  if (inactive) return 'Nothing would be sent';
  if (undecided) return 'Nothing is sent before somebody decides';
  return kept ? 'There is nothing to send' : `${application.label} is in step with the directory`;
}

export function NothingToDo(props: Props) {
  const { application } = props;
  const { data: bound } = useQuery(boundQuery(application.id));
  return (
    <Empty
      title={titleOf(props)}
      action={
        <Anchor component={Link} to={`/applications/${application.id}/groups`}>
          Choose groups
        </Anchor>
      }
    >
      {nothingInWords(bound?.total, props)}
    </Empty>
  );
}
