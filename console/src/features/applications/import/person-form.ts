/** The form of a person to be imported: what is proposed, as it is typed, and what of it was corrected. */
import type { Schemas } from '../../../api/client';
import type { FieldError } from '../../../api/problem';
import { LABELS as USER_LABELS } from '../../users/user-form';

export type Person = Schemas['ImportedPerson'];
export type PersonChange = Partial<Person>;

const FIELDS = ['username', 'email', 'firstname', 'lastname', 'displayname'] as const;

export type PersonValues = Readonly<Record<(typeof FIELDS)[number], string>>;

const each = <T>(valueOf: (field: (typeof FIELDS)[number]) => T) =>
  Object.fromEntries(FIELDS.map((field) => [field, valueOf(field)])) as Record<(typeof FIELDS)[number], T>;

export const LABELS: PersonValues = each((field) => USER_LABELS[field]);

export const valuesOf = (person: Person): PersonValues => each((field) => person[field] ?? '');

/** What differs from the proposal; null for what was taken away. */
export function changeOf(proposed: Person, typed: PersonValues): PersonChange {
  const wished = each((field) => (typed[field].trim() === '' ? null : typed[field].trim()));
  return Object.fromEntries(
    FIELDS.filter((field) => wished[field] !== proposed[field]).map((field) => [field, wished[field]]),
  );
}

/** `Email must be an email address such as ada@example.com.` */
export const errorInWords = ({ message, path }: FieldError): string =>
  `${Object.entries(LABELS).find(([field]) => field === path)?.[1] ?? path} ${message}`.trim();

/** How somebody is called who is not in the directory yet. */
export function nameOfPerson({ displayname, email, firstname, lastname, username }: Person): string {
  const names = [firstname, lastname].filter((name) => name !== null).join(' ');
  return (
    [names, displayname, username, email].find((name) => name !== null && name !== '') ?? 'Without a name'
  );
}
