/** A plan without steps: that all is well, or why nobody is to get an account. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty } from '../../../ui/page-state';
import { boundQuery } from '../bindings/queries';
import type { Application } from '../queries';

function nothingInWords(bound: number | undefined, inactive: boolean, undecided: boolean): string {
  if (bound === 0) return 'No group is bound. Bind one, and its members get an account.';
  if (inactive) return 'No bound group has members who need an account.';
  if (undecided) return 'Everything else is as it should be.';
  return 'Everybody in a bound group has an account as it should be. There is nothing to send.';
}

interface Props {
  readonly application: Application;
  /** Whether the connection is. */
  readonly inactive: boolean;
  /** Whether somebody has to decide on an account. */
  readonly undecided: boolean;
}

function titleOf({ application, inactive, undecided }: Props): string {
  if (inactive) return 'Nothing would be sent';
  return undecided
    ? 'Nothing is sent before somebody decides'
    : `${application.label} is in step with the directory`;
}

export function NothingToDo(props: Props) {
  const { application, inactive, undecided } = props;
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
      {nothingInWords(bound?.total, inactive, undecided)}
    </Empty>
  );
}
