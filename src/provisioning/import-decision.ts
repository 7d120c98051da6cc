/** What an import makes of one account, from facts alone (R31). */
import { userInputSchema, type UserInput } from '../directory/user.ts';
import type { FieldError } from '../errors.ts';
import { fieldErrorsOf, sentence } from '../fields.ts';
import type { ImportedPerson } from './imported-person.ts';

/** What the directory has to do with an account so far. */
export interface ImportFacts {
  /** Whose account it is already. */
  readonly linkedTo: string | null;
  /** Everybody who has its username or email. */
  readonly matches: readonly { readonly id: string; readonly name: string }[];
}

export type ImportDecision =
  | { readonly do: 'unchanged'; readonly userId: string }
  | { readonly do: 'link'; readonly userId: string }
  | { readonly do: 'create'; readonly input: UserInput }
  | { readonly do: 'fail'; readonly errors: readonly FieldError[] };

const ambiguous = (matches: ImportFacts['matches']): string =>
  `is that of several people of the directory, by username or email: ${matches.map(({ name }) => name).join(', ')}. Change or clear the username or email here so that one of them is left, or correct it in the directory.`;

/** Decides. Nobody is made of a person whose fields cannot be used; whom it matches stays as the directory says. */
export function decideImport(
  person: ImportedPerson,
  state: 'staged' | 'active',
  { linkedTo, matches }: ImportFacts,
): ImportDecision {
  if (linkedTo !== null) return { do: 'unchanged', userId: linkedTo };
  const [match, ...others] = matches;
  if (others.length > 0) return { do: 'fail', errors: [{ path: 'username', message: ambiguous(matches) }] };
  if (match !== undefined) return { do: 'link', userId: match.id };
  const given = Object.entries(person).filter(([, value]) => value !== null);
  const parsed = userInputSchema.safeParse({ ...Object.fromEntries(given), state }, { error: sentence });
  return parsed.success
    ? { do: 'create', input: parsed.data }
    : { do: 'fail', errors: fieldErrorsOf(parsed.error) };
}

/** What an application knows of a directory user before an account is linked to them. */
export interface KnownLink {
  readonly name: string;
  readonly remoteId: string | null;
  /** Somebody is just looking at them there. */
  readonly pending: boolean;
}

/** Why a directory user cannot get this account, or null where they can. */
export function refuseLink({ name, pending, remoteId }: KnownLink): string | null {
  if (remoteId !== null)
    return `is that of ${name}, who has another account in this application already. Two accounts never become one person: change the username and email here to make somebody new, or remove one of the two in the application.`;
  if (pending)
    return `is that of ${name}, whom Rollcall is about to provision in this application. Try again when that is done.`;
  return null;
}
