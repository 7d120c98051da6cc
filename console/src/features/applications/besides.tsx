/** What is otherwise than the directory asks although nothing is left to do: who is kept (R46), and what was only reported (R16). */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count } from '../../ui/words';
import { statusQuery } from './queries';

interface LeadProps {
  readonly to: string;
  /** By which filter of the list these are found. */
  readonly by: 'kept' | 'drift';
  readonly number: number;
  readonly noun: string;
  readonly words: string;
}

const Lead = ({ to, by, number, noun, words }: LeadProps) =>
  number > 0 && (
    <Anchor component={Link} to={to} search={{ [by]: 'yes' } as never} size="sm">
      {count(number, noun)} {words}
    </Anchor>
  );

export function Besides({ applicationId }: { readonly applicationId: string }) {
  const { data: status } = useQuery(statusQuery(applicationId));
  if (status === undefined) return null;
  const { kept, drift } = status;
  const users = `/applications/${applicationId}/users`;
  return (
    <>
      <Lead to={users} by="kept" number={kept} noun="account" words="kept against the directory" />
      <Lead to={users} by="drift" number={drift.users} noun="account" words="changed there" />
      <Lead to={`${users}/groups`} by="drift" number={drift.groups} noun="group" words="changed there" />
    </>
  );
}
