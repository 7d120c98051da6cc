/** What is made of an account that a target holds: the directory user that an import would make of it. */
import { z } from 'zod';
import type { ImportRule } from '../connectors/connector.ts';
import { proposeNames } from '../directory/name-proposal.ts';
import { indexed } from '../name-key.ts';
import type { JsonObject } from '../scim/json.ts';
import { readAttribute } from '../scim/path.ts';

/** The fields of a user that an import sets; all else of a user is left empty. */
export const importedPersonSchema = z.object({
  username: z.string().nullable(),
  email: z.string().nullable(),
  firstname: z.string().nullable(),
  lastname: z.string().nullable(),
  displayname: z.string().nullable(),
});

export type ImportedPerson = z.infer<typeof importedPersonSchema>;

/** The first path with a value; a number is shown as text, and all else that is no text is none. */
function firstOf(resource: JsonObject, paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = readAttribute(resource, path);
    const text =
      typeof value === 'string' || typeof value === 'number' ? String(value).trim().normalize() : '';
    if (text !== '') return text;
  }
  return null;
}

/** The person of an account, by the connector's rule. Nothing is checked: what cannot be used is told when it is imported. */
export function importedPerson(resource: JsonObject, rule: ImportRule): ImportedPerson {
  const displayname = firstOf(resource, rule.displayname);
  const [firstname, lastname] = [firstOf(resource, rule.firstname), firstOf(resource, rule.lastname)];
  const names =
    firstname === null && lastname === null && displayname !== null
      ? proposeNames(displayname)
      : { firstname, lastname };
  const [username, email] = [firstOf(resource, rule.username), firstOf(resource, rule.email)];
  return { username, email, ...names, displayname: displayname && indexed(displayname) };
}
