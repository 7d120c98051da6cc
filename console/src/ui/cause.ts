/** The change that something follows from, in words. */

const CHANGES: Readonly<Record<string, string>> = {
  'user.created': 'User created',
  'user.updated': 'User changed',
  'user.deleted': 'User deleted',
  'users.imported': 'Users imported',
  'user.retried': 'Tried again',
  'group.created': 'Group created',
  'group.updated': 'Group changed',
  'group.deleted': 'Group deleted',
  'group.membersChanged': 'Members of a group changed',
  'group.retried': 'Tried again',
  'application.bindingsChanged': 'Groups bound or unbound',
  'application.connectionChanged': 'Connection changed',
  'application.synced': 'Looked at again',
  'connection.activated': 'Connection activated',
  'connection.resumed': 'Connection resumed',
  'plan.applied': 'Plan applied',
  'account.chosen': 'Account chosen',
  inventory: 'Found while reading the application',
};

interface Cause {
  readonly action: string;
  readonly actor: string;
}

/** `Group deleted, by ada`. */
export const causeInWords = ({ action, actor }: Cause): string =>
  `${CHANGES[action] ?? 'A change'}, by ${actor}`;
