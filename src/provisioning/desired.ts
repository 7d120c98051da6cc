/** What an application should hold for one user: the mapping applied, or the reason why it cannot be. */
import type { AttributeMapping } from '../connectors/connector.ts';
import { compileMapped, isEmail, type Expression } from './expression.ts';
import type { DirectoryUser, UserFacts, Value, Values } from './facts.ts';
import type { Refusal } from './steps.ts';

/** A mapping ready to be applied to many users. */
export type Mapping = readonly (AttributeMapping & { readonly evaluate: Expression })[];

/** Compiles a mapping's expressions; throws where one cannot be used. */
export function compileMapping(rows: readonly AttributeMapping[]): Mapping {
  return rows.map((row) => ({ ...row, evaluate: compileMapped(row.expression) }));
}

/** The SCIM attribute that identifies a user in the target (RFC 7643 §4.1.1). */
export const USER_NAME = 'userName';

/** Active and a member of a bound group: entitled to an account. */
export function isAssigned(facts: UserFacts): boolean {
  return facts.bound && facts.user?.state === 'active';
}

/** What a user should be in the target, or the reason why they cannot be sent. */
export type Desired = { readonly values: Values } | { readonly refusal: Refusal };

/** What an assigned user should be in the target; null for one who is not entitled to an account there. */
export function desiredOf(facts: UserFacts, mapping: Mapping): Desired | null {
  return facts.user !== null && isAssigned(facts) ? desiredValues(facts.user, mapping) : null;
}

/** Applies the mapping; the first row that cannot be filled refuses the user. */
export function desiredValues(user: DirectoryUser, mapping: Mapping): Desired {
  const values: Record<string, Value> = {};
  for (const row of mapping) {
    const result = evaluateRow(row, user);
    if ('refusal' in result) return result;
    if (result.value !== undefined) values[row.target] = result.value;
  }
  return { values };
}

/** What one row of the mapping gives for a user; undefined where it leaves the attribute out. */
export type Evaluated = { readonly value: Value | undefined } | { readonly refusal: Refusal };

/** Applies one row of the mapping. */
export function evaluateRow(row: Mapping[number], user: DirectoryUser): Evaluated {
  let value: Value | undefined;
  try {
    value = row.evaluate(user);
  } catch (error) {
    return { refusal: mappingFailed(row, user, error) };
  }
  const refusal = refuse(row, user, value);
  return refusal === null ? { value } : { refusal };
}

function refuse(row: Mapping[number], user: DirectoryUser, value: Value | undefined): Refusal | null {
  if (value === undefined && !row.required) return null;
  if (row.format === 'email' && !isEmail(value)) return notAnEmail(row, user, value);
  return value === undefined ? missing(row, user) : null;
}

function mappingFailed(row: Mapping[number], user: DirectoryUser, error: unknown): Refusal {
  const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return {
    code: 'mapping-failed',
    field: row.target,
    message: `The mapping of ${row.label} (${row.target}) fails for ${user.username}: ${words}. Correct the mapping or the user's attributes.`,
  };
}

function missing(row: Mapping[number], user: DirectoryUser): Refusal {
  return {
    code: 'value-missing',
    field: row.target,
    message: `${user.username} has no value for ${row.label} (${row.target}), which the application requires. Complete the user in the directory.`,
  };
}

function notAnEmail(row: Mapping[number], user: DirectoryUser, value: Value | undefined): Refusal {
  const what =
    value === undefined
      ? `${user.username} has no email address, which the application needs as ${row.target}.`
      : `${user.username} would get "${value}" as ${row.target}, which must be an email address.`;
  return {
    code: 'email-missing',
    field: row.target,
    message: `${what} Give the user an email address in the directory, as username or as email.`,
  };
}
