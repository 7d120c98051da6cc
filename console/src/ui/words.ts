/** The words of states, and how numbers and lists are written, so that every page says the same. */

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';

interface Word {
  readonly label: string;
  readonly tone: Tone;
}

/** The choices that such words are, as a select takes them. */
export const optionsOf = <K extends string>(words: Readonly<Record<K, Pick<Word, 'label'>>>) =>
  Object.entries<Pick<Word, 'label'>>(words).map(([value, { label }]) => ({ value, label }));

/** States of a user in the directory. */
export const USER_STATES = {
  active: { label: 'Active', tone: 'good' },
  staged: { label: 'Staged', tone: 'quiet' },
  suspended: { label: 'Suspended', tone: 'warn' },
} as const satisfies Record<string, Word>;

/** States of a connection. */
export const CONNECTION_STATES = {
  active: { label: 'Active', tone: 'good' },
  inactive: { label: 'Inactive', tone: 'quiet' },
  paused: { label: 'Paused', tone: 'bad' },
} as const satisfies Record<string, Word>;

/** How an application stands. */
export const CONDITIONS = {
  inactive: { label: 'Inactive', tone: 'quiet' },
  paused: { label: 'Paused', tone: 'bad' },
  held: { label: 'Waiting for your approval', tone: 'warn' },
  failing: { label: 'Something failed', tone: 'bad' },
  undecided: { label: 'Somebody has to decide', tone: 'warn' },
  working: { label: 'Working', tone: 'good' },
  'in-step': { label: 'In step', tone: 'good' },
} as const satisfies Record<string, Word>;

/** States of a certificate that signs. */
export const CERTIFICATE_STATES = {
  current: { label: 'Signs now', tone: 'good' },
  next: { label: 'Next, signs once it is activated', tone: 'quiet' },
  retired: { label: 'Signed before', tone: 'quiet' },
} as const satisfies Record<string, Word>;

/** States of a record in an application. */
export const LINK_STATES = {
  absent: { label: 'No account', tone: 'quiet' },
  active: { label: 'Active', tone: 'good' },
  inactive: { label: 'Deactivated', tone: 'quiet' },
} as const satisfies Record<string, Word>;

/** What came of an operation. */
export const OUTCOMES = {
  done: { label: 'Done', tone: 'good' },
  later: { label: 'Tried again later', tone: 'warn' },
  again: { label: 'Looked at again', tone: 'warn' },
  refused: { label: 'Refused', tone: 'bad' },
  stopped: { label: 'Stopped', tone: 'bad' },
} as const satisfies Record<string, Word>;

/** What was done to a record, to a connection, or by somebody who signs in. */
export const OPERATIONS = {
  createUser: 'Create an account',
  findUser: 'Look for an account',
  updateUser: 'Update an account',
  reactivateUser: 'Reactivate an account',
  deactivateUser: 'Deactivate an account',
  deleteUser: 'Delete an account',
  refuseUser: 'Refuse a user',
  createGroup: 'Create a group',
  takeOverGroup: 'Take over a group',
  findGroup: 'Look for a group',
  renameGroup: 'Rename a group',
  changeMembers: 'Change members',
  deleteGroup: 'Delete a group',
  inventory: 'Read what is there',
  importUser: 'Import a user',
  import: 'Finish an import',
  holdLeavers: 'Hold leavers',
  approveHold: 'Approve held leavers',
  rejectHold: 'Reject held leavers',
  closeHold: 'Close a hold',
  activateConnection: 'Activate the connection',
  deactivateConnection: 'Deactivate the connection',
  pauseConnection: 'Pause the connection',
  resumeConnection: 'Resume the connection',
  signIn: 'Sign in',
  signOut: 'Sign out',
} as const;

/** States of a group in an application. */
export const GROUP_LINK_STATES = {
  absent: { label: 'Not there', tone: 'quiet' },
  active: { label: 'There', tone: 'good' },
  inactive: { label: 'Deleted there', tone: 'quiet' },
} as const satisfies Record<keyof typeof LINK_STATES, Word>;

const NUMBER = new Intl.NumberFormat('en');

/** `1,204` */
export const written = (number: number): string => NUMBER.format(number);

/** `1,204 users`; `one` in the singular, with an s or the given word otherwise. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${written(number)} ${number === 1 ? one : many}`;

/** A sentence begins with a capital letter, also one that goes on from the name of its field elsewhere. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const LIST = new Intl.ListFormat('en');

/** `A, B and C`. */
export const listed = (words: readonly string[]): string => LIST.format(words);

const CHOICE = new Intl.ListFormat('en', { type: 'disjunction' });

/** `A, B or C`. */
export const either = (words: readonly string[]): string => CHOICE.format(words);

/** How a user is called: the display name, else the names, else the user name. */
export function nameOfUser(user: {
  readonly username: string;
  readonly displayname: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
}): string {
  const names = [user.firstname, user.lastname].filter((name) => name !== null).join(' ');
  return user.displayname ?? (names === '' ? user.username : names);
}
