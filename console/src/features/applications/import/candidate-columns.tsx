/** The columns of an application's users: who they are there, who they are here, and what an import makes of them. */
import { Anchor, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { actsColumn, type Column } from '../../../ui/data-table';
import { StateBadge } from '../../../ui/state-badge';
import { CANDIDATE_STATES } from './import-words';
import { nameOfPerson, type Person } from './person-form';
import type { Candidate, Corrections } from './queries';

/** What an import would make of it, with corrections. */
export const personOf = ({ person, remoteId }: Candidate, corrections: Corrections): Person => ({
  ...person,
  ...corrections[remoteId],
});

const BY = { email: 'email', username: 'user name' } as const;

const Quiet = ({ children }: { readonly children: React.ReactNode }) => (
  <Text component="div" size="sm" c="dimmed">
    {children}
  </Text>
);

function InDirectory({ candidate: { matches, state, user } }: { readonly candidate: Candidate }) {
  return (
    <div>
      <StateBadge {...CANDIDATE_STATES[state]} />
      {user !== null && (
        <Quiet>
          <Anchor component={Link} to={`/users/${user.id}`} underline="always">
            {user.name}
          </Anchor>
          {!user.managed && ', not managed'}
        </Quiet>
      )}
      {matches.map(({ by, id, name }) => (
        <Quiet key={id}>
          <Anchor component={Link} to={`/users/${id}`} underline="always">
            {name}
          </Anchor>
          , by {BY[by]}
        </Quiet>
      ))}
      {matches.length > 1 && <Quiet>Several people: correct it, so that one is left.</Quiet>}
    </div>
  );
}

/** Of whom somebody is there already, the directory stays as it is. */
function Becomes({ candidate, corrections }: { candidate: Candidate; corrections: Corrections }) {
  const { matches, remoteId, state } = candidate;
  if (state === 'imported') return null;
  const corrected = Object.keys(corrections[remoteId] ?? {}).length > 0;
  if (matches.length === 1 && !corrected) return `Linked to ${matches[0]?.name ?? ''}`;
  const person = personOf(candidate, corrections);
  return (
    <div>
      {nameOfPerson(person)}
      <Quiet>
        {person.email ?? 'No email'}
        {corrected && ', corrected by you'}
      </Quiet>
    </div>
  );
}

export const candidateColumns = (corrections: Corrections): readonly Column<Candidate>[] => [
  {
    header: 'User there',
    sort: 'userName',
    cell: ({ active, userName }) => (
      <div>
        <Text component="div" fw={500}>
          {userName}
        </Text>
        {!active && <Quiet>Deactivated there</Quiet>}
      </div>
    ),
  },
  { header: 'State', cell: (candidate) => <InDirectory candidate={candidate} /> },
  {
    header: 'Becomes',
    sort: 'name',
    cell: (candidate) => <Becomes candidate={candidate} corrections={corrections} />,
  },
];

export const correctColumn = (correct: (candidate: Candidate) => void) =>
  actsColumn(
    (candidate: Candidate) =>
      candidate.state !== 'imported' && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Edit ${candidate.userName}`}
          onClick={() => correct(candidate)}
        >
          Edit
        </Button>
      ),
  );
