/** The form of a user: what the server says as it is typed, and what of it to send back. */
import type { User, UserChange } from './queries';

export interface AttributeRow {
  readonly name: string;
  readonly value: string;
}

export interface UserValues {
  readonly username: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly displayname: string;
  readonly email: string;
  readonly state: User['state'];
  readonly attributes: readonly AttributeRow[];
}

export const LABELS: Readonly<Record<keyof UserValues, string>> = {
  username: 'User name',
  firstname: 'First name',
  lastname: 'Last name',
  displayname: 'Display name',
  email: 'Email',
  state: 'State',
  attributes: 'Attributes',
};

export const NOBODY: UserValues = {
  username: '',
  firstname: '',
  lastname: '',
  displayname: '',
  email: '',
  state: 'active',
  attributes: [],
};

/** A user as the form holds one. */
export function valuesOf(user: User): UserValues {
  const { username, firstname, lastname, displayname, email, state, attributes } = user;
  return {
    username,
    firstname: firstname ?? '',
    lastname: lastname ?? '',
    displayname: displayname ?? '',
    email: email ?? '',
    state,
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value: String(value) })),
  };
}

const TEXTS = ['username', 'firstname', 'lastname', 'displayname', 'email'] as const;

const byName = (rows: readonly AttributeRow[]): Map<string, string> =>
  new Map(rows.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]));

/** The attributes that differ; null for one that is gone. What is as it was keeps its type. */
function changedAttributes(before: readonly AttributeRow[], after: readonly AttributeRow[]) {
  const [old, now] = [byName(before), byName(after)];
  const set = [...now].filter(([name, value]) => old.get(name) !== value);
  const gone = [...old.keys()].filter((name) => !now.has(name)).map((name) => [name, null] as const);
  return Object.fromEntries<string | null>([...set, ...gone]);
}

/** What a save sends: only what differs. */
export function changeOf(before: UserValues, after: UserValues): UserChange {
  const texts = TEXTS.filter((name) => before[name] !== after[name]);
  const attributes = changedAttributes(before.attributes, after.attributes);
  return {
    ...Object.fromEntries(texts.map((name) => [name, after[name]])),
    ...(before.state !== after.state && { state: after.state }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}
